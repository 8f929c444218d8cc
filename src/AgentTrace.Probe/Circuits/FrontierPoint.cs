namespace AgentTrace.Probe.Circuits;

/// <summary>One point of a frontier.</summary>
/// <param name="TargetLoss">The calibrated loss asked for, nats.</param>
/// <param name="Circuit">The smallest circuit found that reaches it; null where none does.</param>
/// <param name="Reason">Why there is none; null when there is.</param>
public sealed record FrontierPoint(double TargetLoss, Circuit? Circuit, string? Reason);
