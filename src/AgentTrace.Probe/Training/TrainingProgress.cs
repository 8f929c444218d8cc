namespace AgentTrace.Probe.Training;

/// <summary>How far training is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Running mean of the loss, nats per token.</param>
/// <param name="TokensPerSecond">Speed.</param>
/// <param name="Nonzeros">Weights that are not zero.</param>
/// <param name="TimeLeft">At this speed.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double TokensPerSecond, long Nonzeros, TimeSpan TimeLeft);
