using AgentTrace.Attribution.Attributors.Structural.Signals;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>A signal and what it is worth at full strength, in log-odds.</summary>
internal sealed record WeightedSignal(ISignal Signal, double Weight);
