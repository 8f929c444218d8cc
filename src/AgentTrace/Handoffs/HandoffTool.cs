namespace AgentTrace.Handoffs;

/// <summary>Tools by which an agent hands over: Semantic Kernel's handoff plugin has one <c>transfer_to_{agent}</c> for each agent it may go to.</summary>
internal static class HandoffTool
{
    private const string Prefix = "transfer_to_";

    /// <summary>The agent that a call of this tool hands over to; null for any other tool.</summary>
    public static string? TargetOf(string toolName) =>
        toolName.IndexOf(Prefix, StringComparison.Ordinal) is >= 0 and int at && at + Prefix.Length < toolName.Length ? toolName[(at + Prefix.Length)..] : null;
}
