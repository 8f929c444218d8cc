namespace AgentTrace.Attribution.Learning.Features;

/// <summary>What a ranker sees of one run: a row a step, a column a feature.</summary>
internal sealed class FeatureTable(int steps)
{
    private readonly float[] _values = new float[steps * StepFeatures.Count];

    public int Steps => steps;

    public ReadOnlySpan<float> RowOf(int step) => _values.AsSpan(step * StepFeatures.Count, StepFeatures.Count);

    public Span<float> MutableRowOf(int step) => _values.AsSpan(step * StepFeatures.Count, StepFeatures.Count);
}
