using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits;

/// <summary>One channel of one site of one layer.</summary>
/// <param name="Layer">0-based layer.</param>
/// <param name="Site">The place in the layer.</param>
/// <param name="Channel">0-based channel of the site.</param>
public readonly record struct CircuitNode(int Layer, CircuitSite Site, int Channel);
