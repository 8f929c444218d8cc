using System.Diagnostics;
using System.Globalization;
using AgentTrace.Conventions;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Export;

namespace AgentTrace.Probe.Spans;

/// <summary>Writes a reading as spans. A node's span hangs under that of the node that fed it most, so that a trace view shows the way from token to logit.</summary>
internal static class ProbeSpans
{
    private const int MostFeeds = 8;

    // Of the greatest contribution: what is below did not matter for the answer.
    private const double ActiveShare = 0.01;

    private static readonly ActivitySource s_source = new(ActivitySources.Probe, typeof(ProbeSpans).Assembly.GetName().Version?.ToString(3) ?? "");

    public static bool HasListeners => s_source.HasListeners();

    public static void Write(CircuitProbe probe, CircuitReading reading, ActivityContext parent, DateTime start, long dropped)
    {
        Activity? before = Activity.Current;
        try
        {
            Write(probe, reading, parent, start, DateTime.UtcNow, dropped);
        }
        finally
        {
            Activity.Current = before;
        }
    }

    private static void Write(CircuitProbe probe, CircuitReading reading, ActivityContext parent, DateTime start, DateTime end, long dropped)
    {
        Circuit circuit = probe.Circuit;
        using Activity? span = s_source.StartActivity($"{ProbeAttributes.ProbeSpan} {circuit.Task}", ActivityKind.Internal, parent, startTime: start);
        if (span is null)
            return;
        NodeReading[] active = [.. Active(reading)], shown = [.. active.Take(probe.MostNodeSpans)];
        span.SetTag(ProbeAttributes.Task, circuit.Task);
        span.SetTag(ProbeAttributes.Prediction, probe.Vocabulary.Words[reading.Prediction]);
        span.SetTag(ProbeAttributes.Probability, reading.Probability);
        span.SetTag(ProbeAttributes.Answer, reading.Answer is { } answer ? probe.Vocabulary.Words[answer] : null);
        span.SetTag(ProbeAttributes.Loss, reading.Loss);
        span.SetTag(ProbeAttributes.Surprise, reading.Surprise);
        span.SetTag(ProbeAttributes.CircuitNodes, circuit.Nodes.Count);
        span.SetTag(ProbeAttributes.CircuitEdges, circuit.Edges.Count);
        span.SetTag(ProbeAttributes.CircuitHash, probe.CircuitHash);
        span.SetTag(ProbeAttributes.ModelHash, circuit.ModelHash);
        if (dropped > 0)
            span.SetTag(ProbeAttributes.Dropped, dropped);
        if (active.Length > shown.Length)
            span.SetTag(ProbeAttributes.NodesNotShown, active.Length - shown.Length);

        var spans = new Dictionary<CircuitNode, ActivityContext>();
        // In the order of computation: what feeds a node has its span before.
        foreach (NodeReading node in shown.OrderBy(node => node.Node.Layer).ThenBy(node => node.Node.Site))
        {
            ActivityContext under = node.FedBy.Where(feed => spans.ContainsKey(feed.From)).Select(feed => spans[feed.From]).FirstOrDefault(span.Context);
            // One tick apart: views sort by start.
            spans[node.Node] = Write(node, under, start.AddTicks(10 * (spans.Count + 1)), end) ?? span.Context;
        }

        span.SetEndTime(end);
    }

    private static IEnumerable<NodeReading> Active(CircuitReading reading)
    {
        double least = ActiveShare * reading.Nodes.Select(node => Math.Abs(node.Contribution)).DefaultIfEmpty(0).Max();
        return reading.Nodes.Where(node => node.Contribution != 0 && Math.Abs(node.Contribution) >= least);
    }

    private static ActivityContext? Write(NodeReading node, ActivityContext under, DateTime start, DateTime end)
    {
        string name = NodeName.Of(node.Node);
        using Activity? span = s_source.StartActivity($"{ProbeAttributes.NodeSpan} {name}", ActivityKind.Internal, under, startTime: start);
        if (span is null)
            return null;
        span.SetTag(ProbeAttributes.Node, name);
        span.SetTag(ProbeAttributes.NodeLayer, node.Node.Layer);
        span.SetTag(ProbeAttributes.NodeSite, NodeName.Of(node.Node.Site));
        span.SetTag(ProbeAttributes.NodeIndex, node.Node.Channel);
        span.SetTag(ProbeAttributes.NodeToken, node.Token);
        span.SetTag(ProbeAttributes.NodeActivation, (double)node.Activation);
        span.SetTag(ProbeAttributes.NodeMean, (double)node.Mean);
        span.SetTag(ProbeAttributes.NodeContribution, node.Contribution);
        span.SetTag(ProbeAttributes.NodeFedBy, node.FedBy.Take(MostFeeds).Select(feed => string.Create(CultureInfo.InvariantCulture, $"{NodeName.Of(feed.From)} {feed.Weight:G4} {feed.Flow:G4}")).ToArray());
        span.SetEndTime(end < start ? start : end);
        return span.Context;
    }
}
