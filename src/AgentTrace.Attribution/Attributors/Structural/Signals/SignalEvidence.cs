namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>What a person should look at to check a hit.</summary>
/// <param name="Reason">What was seen, as a sentence without a full stop.</param>
internal sealed record SignalEvidence(string Reason)
{
    /// <summary>Other steps the reason rests on.</summary>
    public IReadOnlyList<int> Steps { get; init; } = [];

    /// <summary>Hex ids of the tool spans the reason rests on.</summary>
    public IReadOnlyList<string> SpanIds { get; init; } = [];
}
