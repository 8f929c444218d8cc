using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Events;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>Every signal with its weight: the one place where the method can be tuned.</summary>
/// <remarks>
/// Weights are log-odds at full strength, set by hand: something that went wrong before everyone's eyes weighs more than a manner of speaking,
/// and both weigh more than a place in the run. docs/attribution/methods.md tells what each is worth on labelled runs.
/// </remarks>
internal static class SignalWeights
{
    public static IReadOnlyList<WeightedSignal> Default { get; } =
    [
        new(new FirstWorkSignal(), 2.0),
        new(new BystanderSignal(), -2.5),
        new(new TurnErrorSignal(), 3.0),
        new(new ToolErrorSignal(), 2.5),
        new(new IgnoredToolErrorSignal(), 2.5),
        new(new ErrorOriginSignal(), 1.0),
        new(new FailedExecutionSignal(), 0.5),
        new(new EmptyResultSignal(), 0.5),
        new(new RepeatedCallSignal(), 3.5),
        new(new RepeatedOutputSignal(), 0.5),
        new(new AskedAgainSignal(), 0.5),
        new(new HedgedFactSignal(), 1.5),
        new(new HandedOnSignal(), 2.0),
        new(new ContradictedClaimSignal(), 0.5),
        new(new IgnoredInstructionSignal(), 0.5),
        new(new PrematureEndSignal(), 0.5),
        new(new EmptyOutputSignal(), 1.0),
    ];

    /// <summary>All signals, and the one that a trace model adds; none without a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="weight">What its surprise is worth at full strength.</param>
    public static IReadOnlyList<WeightedSignal> With(ITraceModel? model, double weight)
    {
        if (model is null)
            return Default;
        return double.IsFinite(weight) && weight >= 0
            ? [.. Default, new(new SurpriseSignal(model), weight)]
            : throw new ArgumentOutOfRangeException(nameof(weight), weight, "What a trace model's surprise is worth is a number from 0 on.");
    }
}
