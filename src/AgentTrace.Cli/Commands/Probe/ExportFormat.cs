namespace AgentTrace.Cli.Commands.Probe;

/// <summary>What a circuit is exported as.</summary>
internal enum ExportFormat
{
    /// <summary>The circuit as its own JSON.</summary>
    Json,

    /// <summary>An attribution graph of one prompt, for circuit viewers.</summary>
    Graph,

    /// <summary>A drawing.</summary>
    Svg,
}
