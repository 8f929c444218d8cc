namespace AgentTrace.Collector.Viewer.Circuits;

/// <summary>What one node put into another.</summary>
/// <param name="From">The name of the node it came from.</param>
/// <param name="Weight">The weight between them.</param>
/// <param name="Flow">Weight times activation.</param>
public sealed record ProbeFeed(string From, double Weight, double Flow);
