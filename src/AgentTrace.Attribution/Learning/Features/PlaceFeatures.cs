using System.Globalization;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Learning.Features;

/// <summary>Where in the run a step stands.</summary>
internal sealed class PlaceFeatures : IStepFeatureGroup
{
    // Systems that take turns in a fixed order fail at fixed places.
    private const int FirstPlaces = 13;

    public IReadOnlyList<string> Names { get; } =
    [
        "place.log-index", "place.relative", "place.log-from-end", "place.last", "place.before-last", "place.log-steps",
        .. Enumerable.Range(0, FirstPlaces).Select(place => string.Create(CultureInfo.InvariantCulture, $"place.at-{place}")),
    ];

    public void Fill(RunView run, StepScores scores, FeatureTable table, int column)
    {
        int steps = table.Steps;
        for (int step = 0; step < steps; step++)
        {
            Span<float> row = table.MutableRowOf(step)[column..];
            row[0] = MathF.Log2(1 + step);
            row[1] = steps > 1 ? (float)step / (steps - 1) : 0;
            row[2] = MathF.Log2(steps - step);
            row[3] = step == steps - 1 ? 1 : 0;
            row[4] = step == steps - 2 ? 1 : 0;
            row[5] = MathF.Log2(steps);
            if (step < FirstPlaces)
                row[6 + step] = 1;
        }
    }
}
