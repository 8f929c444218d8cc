namespace AgentTrace.Attribution.Runs;

/// <summary>One call of a tool inside a turn.</summary>
public sealed record ToolCall
{
    /// <summary>The tool's name.</summary>
    public required string Name { get; init; }

    /// <summary>The arguments as JSON; null when content was not captured.</summary>
    public string? Arguments { get; init; }

    /// <summary>What the tool returned; null when content was not captured.</summary>
    public string? Result { get; init; }

    /// <summary>The call's error (status description, exception message or error type); null when it had none.</summary>
    public string? Error { get; init; }

    /// <summary>Hex id of the call's span; null for a log.</summary>
    public string? SpanId { get; init; }
}
