using System.Text.RegularExpressions;
using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Judges.Answers;
using AgentTrace.Attribution.Judges.Questions;

namespace AgentTrace.Attribution.Attributors.StepByStep;

/// <summary>Asks about one step, seeing the run up to it alone: is there an error here that could lead to the wrong result?</summary>
internal static partial class StepAsker
{
    /// <summary>What became of one question.</summary>
    /// <param name="IsAsked">False when the budget did not allow it.</param>
    /// <param name="SaysError">Whether the model sees an error.</param>
    /// <param name="Reason">Its reason; empty when it gave none.</param>
    public readonly record struct Reply(bool IsAsked, bool SaysError, string Reason);

    public static async Task<Reply> AskAsync(JudgeSession session, string method, int step, CancellationToken cancellationToken)
    {
        string question = $"The last step shown is step {step} of {session.Prompt.AgentOf(step)}; what came later is not shown. "
            + "Is there an error in that step that could keep the task from being solved or lead to a wrong result? Do not be too strict: small flaws that lead nowhere are no error.\n"
            + "Answer in two lines:\n1. Yes or No\n2. Reason: <one sentence>";
        string? answer = await session.AskAsync(
            new JudgeQuestion(method, JudgeQuestionKind.ErrorInStep, step), () => session.Prompt.Write(0, step, question), cancellationToken).ConfigureAwait(false);
        if (answer is null)
            return default;
        Match reason = ReasonLine().Match(answer);
        return new Reply(true, YesNoReader.Read(answer) == true, reason.Success ? reason.Groups[1].Value.Trim() : "");
    }

    [GeneratedRegex(@"^\W*(?:2\W*)?Reason\W*:\s*(.{1,1000})", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ReasonLine();
}
