using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Spans;
using AgentTrace.Probe.Tests.Circuits;
using AgentTrace.TestKit.Otlp;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Trace;

namespace AgentTrace.Probe.Tests.Spans;

/// <summary>Agents, the SDK, the exporter and the sink are real; the circuit is a random one.</summary>
public sealed class ProbeSpansTests
{
    private const string Said = "x = ' red blue '";

    private static readonly Vocabulary s_words = Models.Corpus.Vocabulary;
    private static readonly CircuitProbe s_probe = Probe(32);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Turn_OfAWatchedAgent_HasTheProbeUnderItAndTheCircuitsNodesUnderThat()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        using (TracerProvider provider = Provider(sink, s_probe))
        {
            using (AgentTurn turn = AgentTurn.Start("Coder"))
                turn.SetOutput(Said);
            using (AgentTurn turn = AgentTurn.Start("Reviewer"))
                turn.SetOutput(Said);
        }

        IReadOnlyList<ReceivedSpan> spans = await sink.WaitForAsync(all => all.Count(span => span.Name == "probe random") == 1, Cancel);
        ReceivedSpan coder = Assert.Single(spans, span => span.Name == "invoke_agent Coder"), probe = Assert.Single(spans, span => span.Name == "probe random");
        Assert.Equal((coder.TraceId, coder.SpanId), (probe.TraceId, probe.ParentSpanId));
        Assert.Equal("'", probe[ProbeAttributes.Answer]!.StringValue);
        Assert.Equal(s_probe.CircuitHash, probe[ProbeAttributes.CircuitHash]!.StringValue);
        Assert.Equal(s_probe.Circuit.Edges.Count, probe[ProbeAttributes.CircuitEdges]!.IntValue);
        Assert.True(probe[ProbeAttributes.Loss]!.DoubleValue > 0);
        ReceivedSpan[] nodes = [.. spans.Where(span => span.Name.StartsWith("circuit_node ", StringComparison.Ordinal))];
        Assert.InRange(nodes.Length, 2, 32);
        Assert.All(nodes, node => Assert.Contains(node.ParentSpanId, nodes.Select(other => other.SpanId).Append(probe.SpanId)));
        // From token to logit: some node hangs under the node that fed it, which it names first.
        Assert.Contains(nodes, node => nodes.Any(above => above.SpanId == node.ParentSpanId
            && node[ProbeAttributes.NodeFedBy]!.ArrayValue.Values.Any(fed => fed.StringValue.StartsWith(above[ProbeAttributes.Node]!.StringValue + " ", StringComparison.Ordinal))));
        Assert.DoesNotContain(spans, span => span.Name == "probe random" && span.ParentSpanId != coder.SpanId);
    }

    [Fact]
    public void Emit_MoreActiveNodesThanSpans_WritesTheStrongestAndSaysHowManyNot()
    {
        List<Activity> ended = Ended(() => Probe(3).Emit(Said, default));

        Activity probe = Assert.Single(ended, span => span.OperationName == "probe random");
        Assert.Equal(3, ended.Count(span => span.OperationName.StartsWith("circuit_node ", StringComparison.Ordinal)));
        int left = (int)probe.GetTagItem(ProbeAttributes.NodesNotShown)!;
        double least = ended.Where(span => span != probe).Min(span => Math.Abs((double)span.GetTagItem(ProbeAttributes.NodeContribution)!));
        Assert.True(left > 0);
        Assert.Equal(3, s_probe.Read(Said).Nodes.Count(node => Math.Abs(node.Contribution) >= least));
    }

    [Fact]
    public void Emit_NobodyListens_ReadsNothing() => Assert.Null(s_probe.Emit("no such words", default));

    [Fact]
    public void Emit_LeavesTheCurrentSpanAsItWas()
    {
        using var around = new Activity("around");
        around.Start();

        Ended(() => s_probe.Emit(Said, around.Context));

        Assert.Same(around, Activity.Current);
    }

    [Fact]
    public void Queue_IsFull_DropsAndTheNextProbeSaysHowMany()
    {
        using var entered = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        using var queue = new BackgroundProbes(capacity: 1);
        List<Activity> ended = Ended(
            () =>
            {
                Assert.True(queue.Offer(s_probe, Said));
                entered.Wait(Cancel);
                bool[] taken = [.. Enumerable.Range(0, 4).Select(_ => queue.Offer(s_probe, Said))];
                Assert.Equal([true, false, false, false], taken);
                go.Set();
                Assert.True(queue.Flush(Timeout.InfiniteTimeSpan));
            },
            _ =>
            {
                entered.Set();
                go.Wait(Cancel);
            });

        Assert.Equal(3, queue.Dropped);
        Activity[] probes = [.. ended.Where(span => span.OperationName == "probe random")];
        Assert.Equal([null, 3L], probes.Select(span => span.GetTagItem(ProbeAttributes.Dropped)));
    }

    [Fact]
    public void Queue_TextIsUnreadable_CountsItAndReadsTheNext()
    {
        using var queue = new BackgroundProbes();
        List<Activity> ended = Ended(() =>
        {
            queue.Offer(s_probe, "these are no tokens");
            queue.Offer(s_probe, Said);
            Assert.True(queue.Flush(Timeout.InfiniteTimeSpan));
        });

        Assert.Equal((0, 1), (queue.Dropped, queue.Unread));
        Assert.Single(ended, span => span.OperationName == "probe random");
    }

    [Fact]
    public void Probe_CircuitOfAnotherModel_IsRefused()
    {
        Circuit circuit = s_probe.Circuit with { ModelHash = "0" };

        Assert.Contains("was found in the model 0", Assert.Throws<ArgumentException>(() => new CircuitProbe(Model(), circuit, s_words)).Message, StringComparison.Ordinal);
    }

    private static Transformer Model() => Models.Random(Models.SparseKind(s_words.Count), 31, 0.5);

    private static CircuitProbe Probe(int spans)
    {
        Transformer model = Model();
        return new CircuitProbe(model, RandomCircuit.Of(model, 32, 0.2, s_words["'"], s_words["\""]), s_words) { MostNodeSpans = spans };
    }

    private static TracerProvider Provider(OtlpSink sink, CircuitProbe probe) => Sdk.CreateTracerProviderBuilder()
        .AddAgentTraceInstrumentation(options => options.CaptureContent = true)
        .AddAgentTraceProbes(options => options.AddProbe(probe, "Coder"))
        .AddOtlpExporter(options => (options.Endpoint, options.Protocol) = (new Uri(sink.HttpAddress, "/v1/traces"), OtlpExportProtocol.HttpProtobuf))
        .Build();

    private static List<Activity> Ended(Action act, Action<Activity>? started = null)
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ActivitySources.Probe,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => started?.Invoke(activity),
            ActivityStopped = activity =>
            {
                lock (ended)
                    ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        act();
        lock (ended)
            return [.. ended];
    }
}
