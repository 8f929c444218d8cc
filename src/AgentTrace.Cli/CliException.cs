namespace AgentTrace.Cli;

/// <summary>Ends a command with an exit code and one message: what was wrong, where, and what to do.</summary>
internal sealed class CliException(int exitCode, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}
