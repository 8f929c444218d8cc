namespace AgentTrace.Attribution.Events;

/// <summary>How unexpected an event was where it happened.</summary>
/// <param name="Nats">Minus the natural logarithm of its probability.</param>
/// <param name="Expected">The likeliest event in its place, one of the words of <see cref="Conventions.RunEventWords"/>.</param>
/// <param name="Probability">How likely that one was, 0..1.</param>
public readonly record struct EventSurprise(double Nats, string Expected, double Probability);
