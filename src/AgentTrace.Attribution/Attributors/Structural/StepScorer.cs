using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>Adds up signals and turns the sums into probabilities.</summary>
internal sealed class StepScorer(IReadOnlyList<WeightedSignal> signals)
{
    public StepScore[] Score(RunView run)
    {
        StepScore[] scores = [.. run.Steps.Select(step => new StepScore(step.Index))];
        foreach (WeightedSignal signal in signals)
        {
            foreach (SignalHit hit in signal.Signal.Find(run))
                scores[hit.Step].Add(signal, hit);
        }

        return scores;
    }

    /// <summary>All steps by falling probability; among equals the earlier one, since a decisive error is the earliest that decides.</summary>
    public static IReadOnlyList<StepBlame> Rank(IReadOnlyList<Step> steps, StepScore[] scores)
    {
        double highest = scores.Max(score => score.Total);
        double[] weights = [.. scores.Select(score => Math.Exp(score.Total - highest))];
        double sum = weights.Sum();
        return [.. steps.Select(step => new StepBlame(step.Index, step.Agent, weights[step.Index] / sum))
            .OrderByDescending(blame => blame.Probability)
            .ThenBy(blame => blame.Step)];
    }
}
