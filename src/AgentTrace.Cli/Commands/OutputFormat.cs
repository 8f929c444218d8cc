namespace AgentTrace.Cli.Commands;

/// <summary>How a command writes its results to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON document.</summary>
    Json,
}
