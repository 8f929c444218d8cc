using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>Some columns of a <see cref="FeatureTable"/> that are computed together.</summary>
internal interface IStepFeatureGroup
{
    /// <summary>The columns' names: they stand in saved rankers, so that changing what one means means changing its name.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Writes the group's columns, which start at <paramref name="column"/>.</summary>
    void Fill(RunView run, StepScores scores, FeatureTable table, int column);
}
