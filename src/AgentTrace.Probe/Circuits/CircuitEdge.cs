namespace AgentTrace.Probe.Circuits;

/// <summary>A nonzero weight between two kept nodes.</summary>
/// <param name="From">The node whose activation is multiplied.</param>
/// <param name="To">The node it is added to.</param>
/// <param name="Weight">The weight.</param>
public readonly record struct CircuitEdge(CircuitNode From, CircuitNode To, float Weight);
