using System.Net;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Tests.Storing;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Collector.Tests.Query;

/// <summary>A collector that keeps spans, with one trace in it that has a bit of everything.</summary>
internal sealed class StoredTrace : IAsyncDisposable
{
    private readonly RecordedStore _store;

    private StoredTrace(CollectorHost host, RecordedStore store, TestTrace trace)
    {
        (Host, _store, Trace) = (host, store, trace);
        Api = new ApiClient(host.HttpAddress);
    }

    public CollectorHost Host { get; }

    public TestTrace Trace { get; }

    public ApiClient Api { get; }

    public static Span SpanOf(TestTrace trace, string name) => trace.Request.ResourceSpans[0].ScopeSpans[0].Spans.First(span => span.Name == name);

    public static async Task<StoredTrace> StartAsync()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        var store = new RecordedStore();
        CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0, GrpcPort = 0, Store = store, Storing = new StoreOptions { AnswerWhenStored = true, Contents = StoredContents.All },
        });
        await host.StartAsync(cancel);
        TestTrace trace = Everything();
        var other = new TestTrace(9);
        other.Add("GET /other", null, TestTrace.Text("http.route", "/other"));
        other.Request.ResourceSpans[0].Resource.Attributes[0] = TestTrace.Text("service.name", "shop/web");
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        foreach (TestTrace one in (TestTrace[])[trace, other])
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(one.Bytes, cancel)).Status);
        return new StoredTrace(host, store, trace);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Host.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static TestTrace Everything()
    {
        var trace = new TestTrace();
        Span root = trace.Add("GET /trip", null, TestTrace.Text("http.route", "/trip"), TestTrace.Whole("http.status_code", 500));
        root.Kind = 2;
        Span turn = trace.AddTurn(root, "Hotels", 0, "done");
        turn.Attributes.Add(TestTrace.Whole("big", long.MaxValue));
        turn.Attributes.Add(new KeyValue { Key = "share", Value = new AnyValue { DoubleValue = 0.25 } });
        turn.Attributes.Add(new KeyValue { Key = "ok", Value = new AnyValue { BoolValue = true } });
        turn.Attributes.Add(new KeyValue { Key = "raw", Value = new AnyValue { BytesValue = ByteString.CopyFrom(1, 2, 3) } });
        turn.Attributes.Add(new KeyValue { Key = "list", Value = new AnyValue { ArrayValue = new ArrayValue { Values = { new AnyValue { StringValue = "a" }, new AnyValue { IntValue = 2 } } } } });
        turn.Events.Add(new Span.Types.Event { TimeUnixNano = turn.StartTimeUnixNano + 5_000, Name = "retry", Attributes = { TestTrace.Whole("attempt", 2) } });
        turn.Links.Add(new Span.Types.Link { TraceId = turn.TraceId, SpanId = root.SpanId, Attributes = { TestTrace.Text("why", "input") } });
        turn.TraceState = "k=v";
        turn.Status = new Status { Code = 2, Message = "it failed" };
        turn.DroppedAttributesCount = 3;
        turn.Flags = 1;
        trace.Request.ResourceSpans[0].Resource.Attributes.Add(TestTrace.Text("host.name", "box"));
        return trace;
    }
}
