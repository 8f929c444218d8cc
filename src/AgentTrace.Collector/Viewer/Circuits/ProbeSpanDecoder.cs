using System.Globalization;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Viewer.Circuits;

/// <summary>Reads a probe's spans. Anyone can send spans of these names: what has another type than ours is taken for absent.</summary>
internal static class ProbeSpanDecoder
{
    private const int MostFeeds = 8;

    /// <summary>Whether the span is a probe's.</summary>
    public static bool IsProbe(StoredSpan span) => span.Attributes.GetValueOrDefault(ProbeAttributes.Task) is string;

    /// <summary>Whether the span is that of a circuit's node.</summary>
    public static bool IsNode(StoredSpan span) => span.Attributes.GetValueOrDefault(ProbeAttributes.Node) is string;

    public static ProbeReading ReadProbe(StoredSpan span, StoredSpan? turn) => new()
    {
        SpanId = span.SpanId,
        TurnSpanId = span.ParentSpanId,
        Agent = turn is null ? null : Text(turn, GenAiAttributes.AgentName),
        Task = Text(span, ProbeAttributes.Task) ?? "",
        Prediction = Text(span, ProbeAttributes.Prediction),
        Probability = Number(span, ProbeAttributes.Probability),
        Answer = Text(span, ProbeAttributes.Answer),
        Loss = Number(span, ProbeAttributes.Loss),
        Surprise = Number(span, ProbeAttributes.Surprise),
        CircuitNodes = Whole(span, ProbeAttributes.CircuitNodes),
        CircuitEdges = Whole(span, ProbeAttributes.CircuitEdges),
        CircuitHash = Text(span, ProbeAttributes.CircuitHash),
        ModelHash = Text(span, ProbeAttributes.ModelHash),
        NotShown = Whole(span, ProbeAttributes.NodesNotShown) ?? 0,
        Dropped = Whole(span, ProbeAttributes.Dropped) ?? 0,
    };

    public static ProbeNode ReadNode(StoredSpan span) => new()
    {
        SpanId = span.SpanId,
        Name = Text(span, ProbeAttributes.Node) ?? "",
        Layer = Whole(span, ProbeAttributes.NodeLayer) ?? 0,
        Site = Text(span, ProbeAttributes.NodeSite) ?? "",
        Index = Whole(span, ProbeAttributes.NodeIndex) ?? 0,
        Token = Whole(span, ProbeAttributes.NodeToken) ?? 0,
        Activation = Number(span, ProbeAttributes.NodeActivation) ?? 0,
        Mean = Number(span, ProbeAttributes.NodeMean) ?? 0,
        Contribution = Number(span, ProbeAttributes.NodeContribution) ?? 0,
        FedBy = span.Attributes.GetValueOrDefault(ProbeAttributes.NodeFedBy) is object?[] feeds ? [.. feeds.OfType<string>().Take(MostFeeds).Select(ReadFeed).OfType<ProbeFeed>()] : [],
    };

    /// <summary><c>node weight flow</c>; null for anything else.</summary>
    private static ProbeFeed? ReadFeed(string text) => text.Split(' ') is [var from, var weight, var flow] && Number(weight) is { } by && Number(flow) is { } much ? new(from, by, much) : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static string? Text(StoredSpan span, string name) => span.Attributes.GetValueOrDefault(name) as string;

    private static long? Whole(StoredSpan span, string name) => span.Attributes.GetValueOrDefault(name) as long?;

    // A whole number may come as an integer: JavaScript's exporters send 1.0 so.
    private static double? Number(StoredSpan span, string name) => span.Attributes.GetValueOrDefault(name) switch
    {
        double number when double.IsFinite(number) => number,
        long whole => whole,
        _ => null,
    };
}
