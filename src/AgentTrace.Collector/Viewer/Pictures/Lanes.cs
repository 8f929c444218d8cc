using AgentTrace.Attribution.Runs;

namespace AgentTrace.Collector.Viewer.Pictures;

/// <summary>The agents of a run in the order in which they first act, each with a lane and a colour of its own.</summary>
internal sealed class Lanes
{
    /// <summary>Colours in the style sheet.</summary>
    public const int Colours = 8;

    /// <summary>More agents than this share the last lane: a picture of a hundred lanes shows nothing.</summary>
    private const int Most = 16;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public Lanes(AgentRun run)
    {
        foreach (Step step in run.Steps)
            _places.TryAdd(step.Agent, _places.Count);
        Names = [.. _places.OrderBy(place => place.Value).Select(place => place.Key).Take(_places.Count > Most ? Most - 1 : Most)];
        if (_places.Count > Most)
            Names = [.. Names, $"{_places.Count - Most + 1} others"];
    }

    /// <summary>What each lane is called.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The lane an agent acts in.</summary>
    public int Of(string agent) => Math.Min(_places.GetValueOrDefault(agent), Names.Count - 1);

    /// <summary>The class that gives an agent its colour.</summary>
    public string Colour(string agent) => $"agent{_places.GetValueOrDefault(agent) % Colours}";
}
