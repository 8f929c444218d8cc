using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>The steps that a constant guess would name, each marked in every run: the guess, or the second step where there is nothing to go by.</summary>
internal sealed class GuessFeatures : IStepFeatureGroup
{
    public IReadOnlyList<string> Names { get; } = ["guess.before-first-report", "guess.first-code"];

    public void Fill(RunView run, StepScores scores, FeatureTable table, int column)
    {
        StepView[] steps = run.Steps;
        int second = Math.Min(1, steps.Length - 1);
        int report = Array.FindIndex(steps, step => step.IsExecutionReport), code = Array.FindIndex(steps, step => step.HasCode);
        table.MutableRowOf(report > 0 ? report - 1 : second)[column] = 1;
        table.MutableRowOf(code >= 0 ? code : second)[column + 1] = 1;
    }
}
