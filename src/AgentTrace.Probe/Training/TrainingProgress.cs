using System.Globalization;

namespace AgentTrace.Probe.Training;

/// <summary>How far training is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Loss">Running mean of the loss, nats per token.</param>
/// <param name="TokensPerSecond">Speed.</param>
/// <param name="Nonzeros">Weights that are not zero.</param>
/// <param name="TimeLeft">At this speed.</param>
public sealed record TrainingProgress(int Step, int Steps, double Loss, double TokensPerSecond, long Nonzeros, TimeSpan TimeLeft)
{
    /// <summary>One line for people.</summary>
    /// <param name="name">What is trained.</param>
    public string ToString(string name) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: step {Step} of {Steps}, loss {Loss:F4}, {TokensPerSecond:F0} tokens/s, {Nonzeros} nonzero weights, {TimeLeft.TotalSeconds:F0} s left");
}
