using System.Net;
using System.Text.Json;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Query;

public sealed class JaegerApiTests
{
    [Fact]
    public async Task Trace_ById_HoldsIdsTimesTagsEventsLinksAndStatus()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();
        Span root = StoredTrace.SpanOf(stored.Trace, "GET /trip"), sent = StoredTrace.SpanOf(stored.Trace, "invoke_agent Hotels");

        (HttpStatusCode status, JsonElement answer) = await stored.Api.GetAsync("/api/traces/" + stored.Trace.TraceIdHex);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["data", "errors", "limit", "offset", "total"], Members(answer).Order());
        JsonElement trace = Assert.Single(answer.GetProperty("data").EnumerateArray());
        Assert.Equal(["processes", "spans", "traceID", "warnings"], Members(trace).Order());
        Assert.Equal(stored.Trace.TraceIdHex, trace.GetProperty("traceID").GetString());
        JsonElement span = trace.GetProperty("spans").EnumerateArray().Single(one => one.GetProperty("operationName").GetString() == sent.Name);
        Assert.Equal(["duration", "logs", "operationName", "processID", "references", "spanID", "startTime", "tags", "traceID", "warnings"], Members(span).Order());
        Assert.Equal(Hex(sent.SpanId), span.GetProperty("spanID").GetString());
        Assert.Equal((sent.StartTimeUnixNano / 1000, 500_000ul), (span.GetProperty("startTime").GetUInt64(), span.GetProperty("duration").GetUInt64()));
        Assert.Equal(
            [$"CHILD_OF {stored.Trace.TraceIdHex} {Hex(root.SpanId)}", $"FOLLOWS_FROM {stored.Trace.TraceIdHex} {Hex(root.SpanId)}"],
            span.GetProperty("references").EnumerateArray().Select(one => $"{one.GetProperty("refType")} {one.GetProperty("traceID")} {one.GetProperty("spanID")}"));
        string[] tags = [.. span.GetProperty("tags").EnumerateArray().Select(Tag)];
        Assert.Subset(tags.ToHashSet(), new HashSet<string>
        {
            "gen_ai.agent.name string Hotels", "big int64 9223372036854775807", "share float64 0.25", "ok bool True", "raw binary AQID", "list string [\"a\",2]",
            "span.kind string internal", "otel.status_code string ERROR", "otel.status_description string it failed", "error bool True", "w3c.tracestate string k=v", "otel.scope.name string test",
        });
        JsonElement log = Assert.Single(span.GetProperty("logs").EnumerateArray());
        Assert.Equal((sent.StartTimeUnixNano / 1000) + 5, log.GetProperty("timestamp").GetUInt64());
        Assert.Equal(["event string retry", "attempt int64 2"], log.GetProperty("fields").EnumerateArray().Select(Tag));
        JsonElement process = trace.GetProperty("processes").GetProperty(span.GetProperty("processID").GetString()!);
        Assert.Equal("travel", process.GetProperty("serviceName").GetString());
        Assert.Equal(["host.name string box"], process.GetProperty("tags").EnumerateArray().Select(Tag));
    }

    [Fact]
    public async Task ServicesAndOperations_AreThoseThatWereSeen()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();

        Assert.Equal(["shop/web", "travel"], (await stored.Api.GetAsync("/api/services")).Body.GetProperty("data").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["shop/web", "travel"], (await stored.Api.GetAsync("/api/v3/services")).Body.GetProperty("services").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["GET /other"], (await stored.Api.GetAsync("/api/services/shop%2Fweb/operations")).Body.GetProperty("data").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["GET /trip server", "invoke_agent Hotels internal"], (await stored.Api.GetAsync("/api/v3/operations?service=travel")).Body.GetProperty("operations").EnumerateArray()
            .Select(one => $"{one.GetProperty("name")} {one.GetProperty("spanKind")}"));
        Assert.Equal(0, (await stored.Api.GetAsync("/api/dependencies?endTs=1&lookback=1")).Body.GetProperty("data").GetArrayLength());
        Assert.Equal(["GET /trip"], (await stored.Api.GetAsync("/api/operations?service=travel&spanKind=server")).Body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData("service=travel", 1)]
    [InlineData("service=travel&operation=GET%20%2Ftrip&lookback=1h&limit=20&minDuration=&maxDuration=", 1)]
    [InlineData("service=travel&operation=GET%20%2Fother", 0)]
    [InlineData("service=travel&tags=%7B%22http.status_code%22%3A%22500%22%7D", 1)]
    [InlineData("service=travel&tags=%7B%22http.status_code%22%3A%22200%22%7D", 0)]
    [InlineData("service=travel&tags=%7B%22error%22%3A%22true%22%2C%22gen_ai.agent.name%22%3A%22Hotels%22%7D", 1)]
    [InlineData("service=travel&tags=%7B%22error%22%3A%22true%22%2C%22http.route%22%3A%22%2Ftrip%22%7D", 0)]
    [InlineData("service=travel&tags=%7B%22span.kind%22%3A%22server%22%7D", 1)]
    [InlineData("service=shop%2Fweb&tags=%7B%22error%22%3A%22true%22%7D", 0)]
    [InlineData("service=travel&minDuration=400ms&maxDuration=0.6s", 1)]
    [InlineData("service=travel&minDuration=2s", 0)]
    [InlineData("service=travel&start=1800000000000000", 0)]
    [InlineData("service=travel&end=1600000000000000", 0)]
    [InlineData("service=%27%20OR%201%3D1%20--", 0)]
    [InlineData("traceID=0a000000000000000000000000000001&traceID=ab", 1)]
    public async Task Search_GivesTheTracesWithASpanThatMatchesAll(string query, int found)
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();

        (HttpStatusCode status, JsonElement answer) = await stored.Api.GetAsync("/api/traces?" + query);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(found, answer.GetProperty("data").GetArrayLength());
        Assert.All(answer.GetProperty("data").EnumerateArray(), trace => Assert.Equal(2, trace.GetProperty("spans").GetArrayLength()));
    }

    [Theory]
    [InlineData("query.service_name=travel", 1)]
    [InlineData("query.serviceName=travel&query.operationName=GET%20%2Ftrip&query.searchDepth=20", 1)]
    [InlineData("", 2)]
    [InlineData("query.serviceName=travel&query.attributes=%7B%22error%22%3A%22true%22%7D&query.durationMin=400ms&query.durationMax=1s", 1)]
    [InlineData("query.serviceName=travel&query.startTimeMin=2040-01-01T00%3A00%3A00Z", 0)]
    [InlineData("query.serviceName=travel&query.start_time_max=2001-01-01T00%3A00%3A00Z", 0)]
    public async Task Summaries_AreThoseOfTheTracesThatMatch(string query, int found)
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();

        (HttpStatusCode status, JsonElement answer) = await stored.Api.GetAsync("/api/v3/trace-summaries?" + query);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(found, answer.GetProperty("summaries").GetArrayLength());
    }

    [Fact]
    public async Task SearchOfTheThirdApi_GivesAllSpansOfTheTracesThatMatchAsOtlp()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();

        JsonElement found = (await stored.Api.GetAsync("/api/v3/traces?query.service_name=travel&query.num_traces=5")).Body;
        JsonElement all = (await stored.Api.GetAsync("/api/v3/traces?query.searchDepth=5")).Body;
        JsonElement one = (await stored.Api.GetAsync("/api/v3/traces/" + stored.Trace.TraceIdHex)).Body;

        Assert.Equal(one.GetRawText(), found.GetRawText());
        Assert.Equal(["GET /other", "GET /trip", "invoke_agent Hotels"], all.GetProperty("result").GetProperty("resourceSpans").EnumerateArray()
            .SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray()).SelectMany(scope => scope.GetProperty("spans").EnumerateArray())
            .Select(span => span.GetProperty("name").GetString()).Order());
    }

    [Fact]
    public async Task Summary_HasTheShapeThatTheUserInterfaceReads()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();
        Span root = StoredTrace.SpanOf(stored.Trace, "GET /trip");

        JsonElement summary = Assert.Single((await stored.Api.GetAsync("/api/v3/trace-summaries?query.serviceName=travel")).Body.GetProperty("summaries").EnumerateArray());

        Assert.Equal(["errorSpanCount", "maxEndTimeUnixNano", "minStartTimeUnixNano", "orphanSpanCount", "rootOperationName", "rootServiceName", "services", "spanCount", "traceId"], Members(summary).Order());
        Assert.Equal((stored.Trace.TraceIdHex, "travel", "GET /trip"), (summary.GetProperty("traceId").GetString(), summary.GetProperty("rootServiceName").GetString(), summary.GetProperty("rootOperationName").GetString()));
        Assert.Equal((2, 1, 0), (summary.GetProperty("spanCount").GetInt32(), summary.GetProperty("errorSpanCount").GetInt32(), summary.GetProperty("orphanSpanCount").GetInt32()));
        Assert.Equal(root.StartTimeUnixNano.ToString(System.Globalization.CultureInfo.InvariantCulture), summary.GetProperty("minStartTimeUnixNano").GetString());
        JsonElement service = Assert.Single(summary.GetProperty("services").EnumerateArray());
        Assert.Equal("{\"name\":\"travel\",\"spanCount\":2,\"errorSpanCount\":1}", service.GetRawText());
    }

    [Theory]
    [InlineData("/api/v3/trace-summaries?query.startTimeMin=yesterday", 400, "query.startTimeMin is 'yesterday'; allowed: a time")]
    [InlineData("/api/v3/trace-summaries?query.searchDepth=0", 400, "query.searchDepth is '0'; allowed: 1 to 1500")]
    [InlineData("/api/v3/traces?query.numTraces=0", 400, "query.numTraces is '0'; allowed: 1 to 1500")]
    [InlineData("/api/v3/traces?query.serviceName=nobody", 404, "no trace was found")]
    [InlineData("/api/traces", 400, "service is absent")]
    [InlineData("/api/traces?service=travel&minDuration=fast", 400, "minDuration is 'fast'; allowed: a duration such as 100ms")]
    [InlineData("/api/traces?service=travel&tags=%5B1%5D", 400, "tags is '[1]'; allowed: a JSON object")]
    [InlineData("/api/traces?service=travel&limit=100000", 400, "limit is '100000'; allowed: 1 to 1500")]
    [InlineData("/api/traces?service=travel&start=-1", 400, "start is '-1'; allowed: microseconds")]
    [InlineData("/api/traces/ab", 404, "trace 000000000000000000000000000000ab is not kept here")]
    [InlineData("/api/traces/..%2F..%2Fstore.db", 400, "is no trace id")]
    [InlineData("/api/v3/traces/xyz", 400, "'xyz' is no trace id")]
    [InlineData("/api/operations", 400, "service is absent")]
    public async Task Request_IsOff_AnswersWithJaegersFormOfError(string path, int expected, string message)
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();

        (HttpStatusCode status, JsonElement answer) = await stored.Api.GetAsync(path);

        Assert.Equal(expected, (int)status);
        JsonElement error = Assert.Single(answer.GetProperty("errors").EnumerateArray());
        Assert.Equal(expected, error.GetProperty("code").GetInt32());
        Assert.Contains(message, error.GetProperty("msg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAStore_SaysSo()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.GetAsync("/api/services");

        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Contains("--store FILE", answer.GetRawText(), StringComparison.Ordinal);
    }

    private static string Tag(JsonElement tag)
    {
        Assert.Equal(["key", "type", "value"], Members(tag).Order());
        return $"{tag.GetProperty("key")} {tag.GetProperty("type")} {tag.GetProperty("value")}";
    }

    private static IEnumerable<string> Members(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static string Hex(Google.Protobuf.ByteString id) => Convert.ToHexStringLower(id.Span);
}
