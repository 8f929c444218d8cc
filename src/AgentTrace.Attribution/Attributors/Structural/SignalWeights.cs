using AgentTrace.Attribution.Attributors.Structural.Signals;

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
}
