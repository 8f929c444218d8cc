namespace AgentTrace.Attribution.Evaluation.Figures;

/// <summary>A fraction and how far chance may have moved it.</summary>
/// <param name="Value">The fraction, 0..1.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record Estimate(double Value, double Low, double High);
