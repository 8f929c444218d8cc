using AgentTrace.Attribution.Judges.Questions;

namespace AgentTrace.Attribution.Attributors.JudgeAndCheck;

/// <summary>One thing that must hold of a decisive error.</summary>
/// <param name="Kind">The kind of question.</param>
/// <param name="Question">What is asked; {0} stands for the step and its agent.</param>
/// <param name="Failed">What a no means.</param>
internal sealed record Criterion(JudgeQuestionKind Kind, string Question, string Failed)
{
    /// <summary>The criteria in the order in which they are checked.</summary>
    public static IReadOnlyList<Criterion> All { get; } =
    [
        new(JudgeQuestionKind.CheckFault, "Is there a fault in {0} itself: something wrong, made up, skipped or against what the agent was told?", "no fault was found in it"),
        new(JudgeQuestionKind.CheckFirst, "Is {0} the first step with that fault, rather than one that repeats or passes on what went wrong before it?", "it was not found to be the first with that fault"),
        new(JudgeQuestionKind.CheckUncorrected, "Did the fault in {0} stay uncorrected, so that the wrong result goes back to it?", "the fault was found to be corrected later, or not to matter"),
    ];
}
