namespace AgentTrace.Probe.Circuits.Reading;

/// <summary>What one node put into another while a prompt was read.</summary>
/// <param name="From">The node it came from.</param>
/// <param name="Weight">The weight between them; for what travelled in the residual stream, what the norm multiplied it by.</param>
/// <param name="Flow">Weight times activation: what was added to the other node before its nonlinearity.</param>
/// <param name="IsResidual">Whether it travelled in a residual channel rather than along an edge of the circuit.</param>
public readonly record struct NodeFeed(CircuitNode From, float Weight, double Flow, bool IsResidual);
