using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>What the structural signals say of the step, each alone and all together.</summary>
internal sealed class SignalFeatures : IStepFeatureGroup
{
    public IReadOnlyList<string> Names { get; } =
        ["signal.total", "signal.probability", .. SignalWeights.Default.Select(signal => $"signal.{signal.Signal.Name}")];

    public void Fill(RunView run, StepScores scores, FeatureTable table, int column)
    {
        double highest = double.NegativeInfinity, sum = 0;
        foreach (double total in scores.Totals)
            highest = Math.Max(highest, total);
        foreach (double total in scores.Totals)
            sum += Math.Exp(total - highest);
        for (int step = 0; step < table.Steps; step++)
        {
            Span<float> row = table.MutableRowOf(step)[column..];
            row[0] = (float)scores.Totals[step];
            row[1] = (float)(Math.Exp(scores.Totals[step] - highest) / sum);
            for (int signal = 0; signal < SignalWeights.Default.Count; signal++)
                row[2 + signal] = (float)scores.StrengthsOf(signal)[step];
        }
    }
}
