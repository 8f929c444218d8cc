namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>A question about a step: is the feature above the threshold?</summary>
internal readonly record struct TreeSplit(int Feature, float Threshold)
{
    public bool IsAbove(ReadOnlySpan<float> row) => row[Feature] > Threshold;
}
