using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Runs;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Runs;

public sealed class SpanCollectorTests
{
    private const int TenSeconds = 10_000;

    [Fact(Timeout = TenSeconds)]
    public async Task Decode_ManySpansOfAHugeResource_ReadsTheResourceOnce()
    {
        var trace = new TestTrace();
        trace.Request.ResourceSpans[0].Resource.Attributes.Add(TestTrace.Text("huge", new string('x', 4_000_000)));
        for (int i = 0; i < 20_000; i++)
            trace.Add("one", null);
        byte[] request = trace.Bytes;

        IReadOnlyList<AgentSpan> spans = await Task.Run(() => SpanCollector.Decode(request), TestContext.Current.CancellationToken);

        Assert.Equal(20_000, spans.Count);
        Assert.All(spans, span => Assert.Equal("travel", span.ServiceName));
    }

    [Fact]
    public void Decode_SeveralResources_GivesEachSpanItsOwnService()
    {
        var first = new TestTrace(1);
        first.Add("one", null);
        var second = new TestTrace(2);
        second.Add("two", null);
        second.Request.ResourceSpans[0].Resource.Attributes[0].Value.StringValue = "hotel";
        first.Request.ResourceSpans.Add(second.Request.ResourceSpans);
        first.Request.ResourceSpans.Add(new ResourceSpans { ScopeSpans = { second.Request.ResourceSpans[0].ScopeSpans[0].Clone() } });

        IReadOnlyList<AgentSpan> spans = SpanCollector.Decode(first.Bytes);

        Assert.Equal(["travel", "hotel", null], spans.Select(span => span.ServiceName));
    }
}
