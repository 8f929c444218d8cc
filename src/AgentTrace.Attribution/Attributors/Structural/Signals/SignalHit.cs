namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A signal fired.</summary>
/// <param name="Step">0-based index of the step that is blamed.</param>
/// <param name="Strength">How clearly, 0..1.</param>
/// <param name="Reason">What was seen, as a sentence without a full stop.</param>
internal sealed record SignalHit(int Step, double Strength, string Reason)
{
    /// <summary>Other steps the reason rests on.</summary>
    public IReadOnlyList<int> EvidenceSteps { get; init; } = [];

    /// <summary>Hex ids of the tool spans the reason rests on.</summary>
    public IReadOnlyList<string> EvidenceSpanIds { get; init; } = [];
}
