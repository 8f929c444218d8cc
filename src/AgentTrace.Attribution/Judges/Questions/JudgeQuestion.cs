using System.Globalization;

namespace AgentTrace.Attribution.Judges.Questions;

/// <summary>What one call asks, apart from its wording: judges that replay or simulate answers go by it.</summary>
/// <param name="Method">The method that asks.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Start">First step asked about; the step itself where there is one.</param>
/// <param name="End">Last step asked about.</param>
/// <param name="Round">0-based round of methods that go round.</param>
internal sealed record JudgeQuestion(string Method, JudgeQuestionKind Kind, int Start, int End, int Round = 0)
{
    public JudgeQuestion(string method, JudgeQuestionKind kind, int step) : this(method, kind, step, step)
    {
    }

    /// <summary>The question in recordings, for example <c>WhichHalf 0-5</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Start}-{End}{(Round == 0 ? "" : $" round {Round}")}");
}
