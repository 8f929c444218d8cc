using AgentTrace.Attribution.Judges.Answers;

namespace AgentTrace.Attribution.Judges.Questions;

/// <summary>The question that leads from the cause over the smallest fix to a step.</summary>
internal static class ProposalQuestion
{
    public const string Text =
        "Work backwards from the wrong result. First say what caused it. Then say which smallest change, in one step by the agent that acts there, would have prevented it. "
        + "Then say how the next steps would have gone: only if they end in the right result is that step the decisive error, and if an earlier step passes the same test, it is that one.\n"
        + "Only a step that is shown above, with the agent that acts in it, can be the answer. " + NamedStepAnswer.Form;
}
