namespace AgentTrace.Attribution.Runs;

/// <summary>Tools by which frameworks let a model hand over: <c>transfer_to_X</c> and <c>handoff_to_X</c>, with or without a plugin's name in front.</summary>
internal static class HandoffTools
{
    private static readonly string[] Prefixes = ["transfer_to_", "handoff_to_"];

    /// <summary>The agent such a tool hands over to; null for any other tool.</summary>
    public static string? TargetOf(ToolCall call)
    {
        foreach (string prefix in Prefixes)
        {
            int at = call.Name.IndexOf(prefix, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && at + prefix.Length < call.Name.Length)
                return call.Name[(at + prefix.Length)..];
        }

        return null;
    }
}
