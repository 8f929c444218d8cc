using System.Net;
using System.Text;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Collector.Tests.Signals;

public sealed class SignalPassThroughTests
{
    private const string MetricsCall = "opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string LogsCall = "opentelemetry.proto.collector.logs.v1.LogsService/Export";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("metrics", MetricsCall)]
    [InlineData("logs", LogsCall)]
    public async Task Protobuf_OverHttpAndGrpc_ArrivesByteForByte(string signal, string call)
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        byte[] body = [.. Request(signal).ToByteArray(), 0xFA, 0x3E, 3, 1, 2, 3]; // and a field nobody knows

        OtlpHttpAnswer http = await collector.Client.PostAsync(body, Cancel, path: $"/v1/{signal}");
        await collector.Sink.WaitForSignalAsync(came => came.Signal == signal, Cancel);
        OtlpGrpcAnswer grpc = await collector.Client.CallAsync(body, Cancel, gzip: true, call);
        await collector.Host.StopAsync(Cancel);

        Assert.Equal((HttpStatusCode.OK, 0), (http.Status, grpc.Status));
        // The collector's own metrics come too.
        Assert.Equal(2, collector.Sink.Signals.Count(came => came.Signal == signal && came.Body.SequenceEqual(body)));
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("logs")]
    public async Task Json_ToAnHttpEndpoint_StaysAsItCame(string signal)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        byte[] body = Encoding.UTF8.GetBytes(JsonOf(Request(signal)).Replace("\"unit\"", "\"later\": 1, \"unit\"", StringComparison.Ordinal));

        OtlpHttpAnswer answer = await collector.Client.PostAsync(body, Cancel, "application/json", path: $"/v1/{signal}");

        Assert.Equal("""{"partialSuccess":{}}""", answer.Text);
        ReceivedSignal came = await collector.Sink.WaitForSignalAsync(one => one.Signal == signal, Cancel);
        Assert.Equal("application/json", came.ContentType);
        Assert.Equal(body, came.Body);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("logs")]
    public async Task Json_ToAGrpcEndpoint_BecomesTheSameMessage(string signal)
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        IMessage request = Request(signal);

        await collector.Client.PostAsync(Encoding.UTF8.GetBytes(JsonOf(request)), Cancel, "application/json", path: $"/v1/{signal}");

        ReceivedSignal came = await collector.Sink.WaitForSignalAsync(one => one.Signal == signal, Cancel);
        Assert.Equal(request, request.Descriptor.Parser.ParseFrom(came.Body));
    }

    [Theory]
    [InlineData("metrics", "application/x-protobuf", "\x0A\x7F", "protobuf")]
    [InlineData("logs", "application/x-protobuf", "\x08\x01", "the list of resources has wire type Varint")]
    [InlineData("metrics", "application/json", """{"resourceMetrics": {}}""", "$.resourceMetrics is an object, not an array")]
    [InlineData("logs", "application/json", """{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "soon"}]}]}]}""", "timeUnixNano")]
    public async Task BadRequests_Are400WithWhatIsWrong(string signal, string type, string body, string message)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();

        OtlpHttpAnswer answer = await collector.Client.PostAsync(Encoding.Latin1.GetBytes(body), Cancel, type, path: $"/v1/{signal}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task QueueOfOneSignalIsFull_TheOthersAreStillTaken()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(_ => ["http://127.0.0.1:1"], options => new()
        {
            HttpPort = 0, GrpcPort = 0, QuietTime = options.QuietTime, Forward = options.Forward, Forwarding = new() { QueueMemoryBytes = 2000 },
        });
        byte[] body = Request("metrics").ToByteArray();
        HttpStatusCode last = HttpStatusCode.OK;
        for (int i = 0; i < 20 && last == HttpStatusCode.OK; i++)
            last = (await collector.Client.PostAsync(body, Cancel, path: "/v1/metrics")).Status;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, last);
        Assert.Equal(HttpStatusCode.OK, (await collector.Client.PostAsync(Request("logs").ToByteArray(), Cancel, path: "/v1/logs")).Status);
        Assert.Equal(HttpStatusCode.OK, (await collector.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel)).Status);
    }

    private static IMessage Request(string signal) => signal == "metrics" ? Metrics() : Logs();

    private static MetricsRequest Metrics()
    {
        var number = new NumberDataPoint { StartTimeUnixNano = 1, TimeUnixNano = 1_700_000_000_000_000_001, AsInt = -5, Flags = 1, Attributes = { TestTrace.Text("a", "é") } };
        number.Exemplars.Add(new Exemplar { AsDouble = 0.5, TimeUnixNano = 7, FilteredAttributes = { TestTrace.Whole("n", -3) } });
        var histogram = new HistogramDataPoint { Count = 3, Sum = 1.5, Min = 0.1, Max = 1, BucketCounts = { 1, 2, 0 }, ExplicitBounds = { 0.5, 1e-9 } };
        var exponential = new ExponentialHistogramDataPoint
        {
            Count = 4, Scale = -3, ZeroCount = 1, ZeroThreshold = 0.25,
            Positive = new() { Offset = -2, BucketCounts = { 1, 300, ulong.MaxValue } }, Negative = new() { Offset = 2 },
        };
        var summary = new SummaryDataPoint { Count = 2, Sum = 3, QuantileValues = { new SummaryDataPoint.Types.ValueAtQuantile { Quantile = 0.99, Value = 12 } } };
        return new MetricsRequest
        {
            ResourceMetrics =
            {
                new ResourceMetrics
                {
                    Resource = new Resource { Attributes = { TestTrace.Text("service.name", "travel") } },
                    SchemaUrl = "https://opentelemetry.io/schemas/1.41.0",
                    ScopeMetrics =
                    {
                        new ScopeMetrics
                        {
                            Scope = new Scope { Name = "m", Version = "1" },
                            Metrics =
                            {
                                new Metric { Name = "g", Unit = "By", Gauge = new Gauge { DataPoints = { number } }, Metadata = { TestTrace.Text("k", "v") } },
                                new Metric { Name = "s", Unit = "1", Sum = new Sum { DataPoints = { number }, IsMonotonic = true, AggregationTemporality = AggregationTemporality.Delta } },
                                new Metric { Name = "h", Unit = "s", Histogram = new Histogram { DataPoints = { histogram }, AggregationTemporality = AggregationTemporality.Cumulative } },
                                new Metric { Name = "e", Unit = "s", ExponentialHistogram = new ExponentialHistogram { DataPoints = { exponential } } },
                                new Metric { Name = "q", Unit = "s", Summary = new Summary { DataPoints = { summary } } },
                            },
                        },
                    },
                },
            },
        };
    }

    private static LogsRequest Logs()
    {
        var record = new LogRecord
        {
            TimeUnixNano = 5, ObservedTimeUnixNano = 6, SeverityNumber = SeverityNumber.Info2, SeverityText = "INFO2", Flags = 1, EventName = "something.happened",
            Body = new AnyValue { KvlistValue = new KeyValueList { Values = { TestTrace.Text("k", "v") } } },
            Attributes = { TestTrace.Whole("n", long.MinValue) }, DroppedAttributesCount = 2,
        };
        return new LogsRequest
        {
            ResourceLogs = { new ResourceLogs { Resource = new Resource { Attributes = { TestTrace.Text("service.name", "travel") } }, ScopeLogs = { new ScopeLogs { LogRecords = { record } } } } },
        };
    }

    /// <summary>Google's JSON of these messages is OTLP's: they hold no bytes, which OTLP writes in another way.</summary>
    private static string JsonOf(IMessage message) => new JsonFormatter(JsonFormatter.Settings.Default).Format(message);
}
