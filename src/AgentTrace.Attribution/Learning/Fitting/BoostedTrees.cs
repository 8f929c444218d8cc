using AgentTrace.Attribution.Learning.Features;

namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Small trees whose answers are added up: what a step scores among the steps of its run.</summary>
/// <remarks>
/// Each tree mends what those before it got wrong, with the loss of a softmax over the steps of each run. Every tree sees some of the runs and features
/// only, and three such sequences are averaged: one alone depends on which it saw. Deterministic: the lots are drawn from fixed seeds.
/// </remarks>
internal sealed class BoostedTrees(IReadOnlyList<SmallTree> trees)
{
    private const int Sequences = 3;
    private const int Rounds = 60;
    private const double Rate = 0.1;
    private const double ShareOfRuns = 0.7;
    private const double ShareOfFeatures = 0.3;

    public IReadOnlyList<SmallTree> Trees => trees;

    public double[] ScoresOf(FeatureTable table)
    {
        double[] scores = new double[table.Steps];
        foreach (SmallTree tree in trees)
        {
            for (int step = 0; step < scores.Length; step++)
                scores[step] += tree.At(table.RowOf(step));
        }

        return scores;
    }

    public static BoostedTrees Fit(IReadOnlyList<FeatureTable> tables, IReadOnlyList<int> decisive, CancellationToken cancellationToken)
    {
        var bins = new FeatureBins(tables);
        return new BoostedTrees([.. Enumerable.Range(0, Sequences).SelectMany(seed => Sequence(bins, tables, decisive, new Random((31 * seed) + 7), cancellationToken))]);
    }

    private static List<SmallTree> Sequence(FeatureBins bins, IReadOnlyList<FeatureTable> tables, IReadOnlyList<int> decisive, Random lots, CancellationToken cancellationToken)
    {
        double[] scores = new double[bins.Steps], slopes = new double[bins.Steps], curvatures = new double[bins.Steps];
        var trees = new List<SmallTree>();
        for (int round = 0; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var seen = new List<int>();
            for (int run = 0, first = 0; run < tables.Count; first += tables[run++].Steps)
            {
                double[] shares = ConditionalLogit.Shares(scores.AsSpan(first, tables[run].Steps), 1);
                bool isSeen = lots.NextDouble() < ShareOfRuns;
                for (int step = 0; step < shares.Length; step++)
                {
                    slopes[first + step] = (step == decisive[run] ? 1 : 0) - shares[step];
                    curvatures[first + step] = shares[step] * (1 - shares[step]);
                    if (isSeen)
                        seen.Add(first + step);
                }
            }

            int[] features = [.. StepFeatures.Broad.Where(_ => lots.NextDouble() < ShareOfFeatures)];
            SmallTree tree = new TreeGrower(bins, slopes, curvatures, features).Grow(seen, Rate);
            trees.Add(tree with { Values = [.. tree.Values.Select(value => value / Sequences)] });
            for (int run = 0, first = 0; run < tables.Count; first += tables[run++].Steps)
            {
                for (int step = 0; step < tables[run].Steps; step++)
                    scores[first + step] += tree.At(tables[run].RowOf(step));
            }
        }

        return trees;
    }
}
