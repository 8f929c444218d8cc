namespace AgentTrace.Cli;

/// <summary>What the tool's exit codes mean; scripts may rely on them.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The words of the call, or a file they name, are off.</summary>
    public const int BadCall = 2;
}
