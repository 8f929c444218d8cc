using AgentTrace.Collector.Viewer.Circuits;

namespace AgentTrace.Collector.Viewer.Pictures;

/// <summary>Where everything stands in the picture of a circuit: a column a site of a layer, in the order of computation; circles by activation, edges by weight.</summary>
internal sealed class CircuitPicture
{
    /// <summary>At most so many nodes are drawn, those that mattered most: a picture of a thousand shows nothing.</summary>
    public const int MostNodes = 64;

    public const double Top = 34;

    private const double Room = 900;
    private const double NarrowestColumn = 130;
    private const double WidestColumn = 210;
    private const double Left = 76;
    private const double Row = 44;
    private const double LargestRadius = 17;
    private const double SmallestRadius = 5;
    private const double WidestEdge = 5;

    // What is computed side by side stands in one column.
    private static readonly Dictionary<string, int> s_stages = new(StringComparer.Ordinal)
    {
        ["attn_in"] = 0, ["attn_q"] = 1, ["attn_k"] = 1, ["attn_v"] = 1, ["attn_out"] = 2, ["mlp_in"] = 3, ["mlp_neuron"] = 4, ["mlp_out"] = 5,
    };

    private readonly Dictionary<string, (double X, double Y)> _places = new(StringComparer.Ordinal);
    private readonly double _largestActivation;
    private readonly double _largestWeight;

    public CircuitPicture(ProbeReading reading)
    {
        Nodes = [.. reading.Nodes.DistinctBy(node => node.Name).Take(MostNodes)];
        ProbeNode[][] columns = [.. Nodes.GroupBy(node => (node.Layer, Stage(node))).OrderBy(column => column.Key).Select(column => column.ToArray())];
        int tallest = columns.Select(column => column.Length).DefaultIfEmpty(1).Max();
        double width = Math.Clamp(Room / Math.Max(1, columns.Length - 1), NarrowestColumn, WidestColumn);
        (Width, Height) = ((2 * Left) + (Math.Max(0, columns.Length - 1) * width), Top + (tallest * Row) + 8);
        HashSet<string> drawn = [.. Nodes.Select(node => node.Name)];
        Edges = [.. from node in Nodes from feed in node.FedBy where drawn.Contains(feed.From) && feed.From != node.Name select (feed, node)];
        _largestActivation = Nodes.Select(node => Math.Abs(node.Activation)).DefaultIfEmpty(0).Max();
        _largestWeight = Edges.Select(edge => Math.Abs(edge.Feed.Weight)).DefaultIfEmpty(0).Max();
        Headings = [.. columns.Select((column, i) => (Left + (i * width), string.Join(", ", column.Select(node => node.Site).Distinct().Order(StringComparer.Ordinal)), column[0].Layer))];
        ILookup<string, string> feeds = Edges.ToLookup(edge => edge.To.Name, edge => edge.Feed.From), fed = Edges.ToLookup(edge => edge.Feed.From, edge => edge.To.Name);
        // There, back, and there again: each column follows the one before, the first one then what it feeds.
        foreach (bool forward in (bool[])[true, false, true])
            for (int i = 0; i < columns.Length; i++)
            {
                int column = forward ? i : columns.Length - 1 - i;
                Place(columns[column], Left + (column * width), forward && column > 0 ? feeds : fed);
            }
    }

    /// <summary>The nodes drawn.</summary>
    public IReadOnlyList<ProbeNode> Nodes { get; }

    /// <summary>The edges drawn: those whose both ends are.</summary>
    public IReadOnlyList<(ProbeFeed Feed, ProbeNode To)> Edges { get; }

    /// <summary>What stands above each column: its sites and its layer.</summary>
    public IReadOnlyList<(double X, string Sites, long Layer)> Headings { get; }

    public double Width { get; }

    public double Height { get; }

    public double X(ProbeNode node) => _places[node.Name].X;

    public double Y(ProbeNode node) => _places[node.Name].Y;

    /// <summary>What stands under it: its channel, and which of the sites of its column where there are several.</summary>
    public static string Label(ProbeNode node) => node.Site is "attn_q" or "attn_k" or "attn_v" ? $"{node.Site[^1]}.{node.Index}" : $"{node.Index}";

    /// <summary>The circle's area, not its radius, goes with the activation.</summary>
    public double Radius(ProbeNode node) => _largestActivation > 0 ? Math.Max(SmallestRadius, LargestRadius * Math.Sqrt(Math.Abs(node.Activation) / _largestActivation)) : SmallestRadius;

    public double EdgeWidth(ProbeFeed feed) => _largestWeight > 0 ? Math.Max(0.75, WidestEdge * Math.Abs(feed.Weight) / _largestWeight) : 0.75;

    /// <summary>The way from one node to another.</summary>
    public string Edge(ProbeFeed feed, ProbeNode to)
    {
        ((double x1, double y1), (double x2, double y2)) = (_places[feed.From], _places[to.Name]);
        double bend = Math.Max(24, Math.Abs(x2 - x1) / 2);
        return FormattableString.Invariant($"M{x1:0.#} {y1:0.#}C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}");
    }

    private static int Stage(ProbeNode node) => s_stages.GetValueOrDefault(node.Site, s_stages.Count);

    /// <summary>Nodes stand at the height of those they are tied to, so that few edges cross.</summary>
    private void Place(ProbeNode[] column, double x, ILookup<string, string> tied)
    {
        ProbeNode[] ordered = [.. column.OrderBy(Tied).ThenBy(node => node.Site, StringComparer.Ordinal).ThenBy(node => node.Index)];
        double room = Height - Top - 8, step = Math.Min(room / ordered.Length, Row * 2), first = Top + ((room - (step * ordered.Length)) / 2) + (step / 2);
        for (int i = 0; i < ordered.Length; i++)
            _places[ordered[i].Name] = (x, first + (i * step));

        double Tied(ProbeNode node) => tied[node.Name].Where(_places.ContainsKey).Select(other => _places[other].Y).DefaultIfEmpty(Height / 2).Average();
    }
}
