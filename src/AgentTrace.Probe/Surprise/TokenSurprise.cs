namespace AgentTrace.Probe.Surprise;

/// <summary>How unexpected a token was where it stood.</summary>
/// <param name="Nats">Minus the logarithm of its probability; 0 for the first token, which nothing comes before.</param>
/// <param name="Expected">The likeliest token in its place.</param>
/// <param name="Probability">How likely that one was, 0..1.</param>
public readonly record struct TokenSurprise(double Nats, int Expected, double Probability);
