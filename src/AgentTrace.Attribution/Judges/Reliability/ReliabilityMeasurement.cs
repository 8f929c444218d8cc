using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Reliability;

/// <summary>Asks a judge questions whose answers are known, and counts how it answers.</summary>
internal static class ReliabilityMeasurement
{
    public static async Task<JudgeReliability> RunAsync(
        IChatClient judge, IReadOnlyList<LabeledRun> runs, ReliabilityOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(runs);
        options.Check();
        AnswerCounts atOrBefore = AnswerCounts.None, isDecisive = AnswerCounts.None;
        Random draw = new(options.Seed);
        int measured = 0;
        foreach (LabeledRun labeled in runs)
        {
            if (labeled.Label is not { } label || label.Step < 0 || label.Step >= labeled.Run.Steps.Count)
                continue;
            JudgeSession session = new(judge, labeled.Run, options);
            foreach (SearchQuestion question in await QuestionsAsync(labeled.Run, label.Step, options, draw, cancellationToken).ConfigureAwait(false))
            {
                if (await SearchQuestionAsker.AskAsync(session, question, labeled.Run.Steps.Count, cancellationToken).ConfigureAwait(false) is not { } yes)
                    continue;
                bool truth = question.IsTrueFor(label.Step);
                if (question.Kind == SearchQuestionKind.AtOrBefore)
                    atOrBefore = atOrBefore.With(truth, yes);
                else
                    isDecisive = isDecisive.With(truth, yes);
            }

            measured++;
        }

        return new JudgeReliability { AtOrBefore = atOrBefore, IsDecisive = isDecisive, Judge = options.JudgeName, Runs = measured };
    }

    /// <summary>Half of each kind with yes as the right answer as far as the run allows, the others about the likeliest wrong steps.</summary>
    private static async Task<IReadOnlyList<SearchQuestion>> QuestionsAsync(
        AgentRun run, int gold, ReliabilityOptions options, Random draw, CancellationToken cancellationToken)
    {
        int[] order = options.Prior is { } prior
            ? [.. (await prior.AttributeAsync(run, cancellationToken).ConfigureAwait(false)).Ranking.Select(blame => blame.Step)]
            : [.. Enumerable.Range(0, run.Steps.Count).OrderBy(_ => draw.Next())];
        int most = options.QuestionsPerKind, last = run.Steps.Count - 1;
        List<SearchQuestion> questions = [new(SearchQuestionKind.IsDecisive, gold)];
        questions.AddRange(order.Where(step => step != gold).Take(most - 1).Select(step => new SearchQuestion(SearchQuestionKind.IsDecisive, step)));

        // The last step as a threshold asks nothing: every error is at or before it.
        questions.AddRange(order.Where(step => step >= gold && step < last).Take((most + 1) / 2).Select(step => new SearchQuestion(SearchQuestionKind.AtOrBefore, step)));
        questions.AddRange(order.Where(step => step < gold && step < last).Take(most / 2).Select(step => new SearchQuestion(SearchQuestionKind.AtOrBefore, step)));
        return questions;
    }
}
