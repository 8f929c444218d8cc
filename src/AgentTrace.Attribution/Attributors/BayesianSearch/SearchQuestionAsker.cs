using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Judges.Questions;

namespace AgentTrace.Attribution.Attributors.BayesianSearch;

/// <summary>Puts a question of the search to a judge.</summary>
internal static class SearchQuestionAsker
{
    /// <summary>The answer; null when the budget is spent or the answer is neither yes nor no.</summary>
    public static async Task<bool?> AskAsync(JudgeSession session, SearchQuestion question, int steps, CancellationToken cancellationToken)
    {
        JudgeQuestionKind kind = question.Kind == SearchQuestionKind.AtOrBefore ? JudgeQuestionKind.AtOrBefore : JudgeQuestionKind.IsDecisive;
        string? answer = await session.AskAsync(
            new JudgeQuestion(BayesianSearchAttributor.MethodName, kind, question.Step), () => SearchPrompt.Write(session.Prompt, question, steps), cancellationToken).ConfigureAwait(false);
        return answer is null ? null : YesNoReader.Read(answer);
    }
}
