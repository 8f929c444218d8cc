using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>Adds up signals and turns the sums into probabilities.</summary>
internal sealed class StepScorer(IReadOnlyList<WeightedSignal> signals)
{
    public StepScores Score(RunView run)
    {
        var scores = new StepScores(signals, run.Steps.Length);
        foreach (WeightedSignal signal in signals)
        {
            var hits = new List<SignalHit>();
            signal.Signal.Find(run, hits);
            scores.Add(hits);
        }

        return scores;
    }

    /// <summary>All steps by falling probability; among equals the earlier one, since a decisive error is the earliest that decides.</summary>
    public static IReadOnlyList<StepBlame> Rank(IReadOnlyList<Step> steps, ReadOnlySpan<double> logOdds)
    {
        double highest = double.NegativeInfinity;
        foreach (double value in logOdds)
            highest = Math.Max(highest, value);
        double[] weights = new double[logOdds.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] = Math.Exp(logOdds[i] - highest);
        var ranking = new StepBlame[weights.Length];
        for (int i = 0; i < weights.Length; i++)
            ranking[i] = new StepBlame(i, steps[i].Agent, weights[i] / sum);
        Array.Sort(ranking, static (one, other) => other.Probability.CompareTo(one.Probability) is not 0 and int order ? order : one.Step.CompareTo(other.Step));
        return ranking;
    }
}
