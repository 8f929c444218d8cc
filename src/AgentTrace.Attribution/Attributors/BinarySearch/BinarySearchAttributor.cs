using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Questions;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors.BinarySearch;

/// <summary>Halves the run until one step is left, asking a model each time which half holds the decisive error.</summary>
/// <remarks>
/// The method Binary Search of Who&amp;When (arXiv 2505.00212): the segment [start, end] is cut at start + (end - start) / 2, the prompt shows that
/// segment alone, and an answer that names neither half is replaced by the flip of a (seeded) coin. The wording of the prompt is our own.
/// A run of one step or none needs no model.
/// </remarks>
public sealed class BinarySearchAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "binary-search";

    private static readonly MethodVerdicts Verdicts = new(MethodName, "2");
    private readonly IChatClient _judge;
    private readonly BinarySearchOptions _options;

    /// <summary>Creates the attributor.</summary>
    /// <param name="judge">The model that is asked; the caller keeps it and disposes it.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public BinarySearchAttributor(IChatClient judge, BinarySearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(judge);
        _judge = judge;
        _options = options ?? new BinarySearchOptions();
        _options.Check();
    }

    /// <inheritdoc/>
    public string Method => MethodName;

    /// <inheritdoc/>
    public async ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        if (run.Steps.Count == 0)
            return Verdicts.NoSteps();

        JudgeSession session = new(_judge, run, _options);
        HalfBeliefs beliefs = new(run.Steps.Count, _options.AnswerReliability);
        // A coin, not a secret: seeded so that a verdict can be repeated.
        Random coin = new(_options.Seed);
        SearchPath path = new();
        Segment segment = new(0, run.Steps.Count - 1);
        while (!segment.IsOneStep)
        {
            Segment asked = segment;
            JudgeQuestion question = new(MethodName, JudgeQuestionKind.WhichHalf, segment.Start, segment.End);
            if (await session.AskAsync(question, () => HalfPrompt.Write(session.Prompt, asked), cancellationToken).ConfigureAwait(false) is not { } answer)
                return Verdicts.Abstain(session, path.BudgetSpent(segment, session.Cost.JudgeCalls), beliefs.Ranking(run.Steps, segment));
            segment = Follow(segment, HalfAnswerReader.Read(answer), beliefs, coin, path);
        }

        Step culprit = run.Steps[segment.Start];
        return Verdicts.Blame(session, culprit, beliefs.Ranking(run.Steps, segment), path.Found(culprit));
    }

    private static Segment Follow(Segment asked, HalfAnswer answer, HalfBeliefs beliefs, Random coin, SearchPath path)
    {
        if (answer == HalfAnswer.Unclear)
        {
            Segment flipped = coin.Next(2) == 0 ? asked.Upper : asked.Lower;
            path.Add(asked, flipped, byCoin: true);
            return flipped;
        }

        Segment chosen = answer == HalfAnswer.Upper ? asked.Upper : asked.Lower;
        beliefs.Learn(asked, chosen);
        path.Add(asked, chosen, byCoin: false);
        return chosen;
    }
}
