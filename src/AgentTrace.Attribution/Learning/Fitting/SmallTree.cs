namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Two questions in turn and four answers. Where there was nothing more to ask, both answers to the question are the same.</summary>
internal sealed record SmallTree(TreeSplit Root, TreeSplit Below, TreeSplit Above, double[] Values)
{
    /// <summary>How many answers there are: below-below, below-above, above-below, above-above.</summary>
    public const int Answers = 4;

    /// <summary>How many questions there are: the first, that below it, that above it.</summary>
    public const int Splits = 3;

    public double At(ReadOnlySpan<float> row) =>
        Root.IsAbove(row) ? Values[Above.IsAbove(row) ? 3 : 2] : Values[Below.IsAbove(row) ? 1 : 0];
}
