using System.Net;
using System.Text;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Otlp;

public sealed class OtlpHttpReceiverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("gzip")]
    public async Task Post_Protobuf_IsForwardedByteForByte(string? encoding)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        byte[] body = TestTrace.WithIgnoredToolError().Bytes;
        // A field of a later protocol version (number 100, varint 7) has to survive the way.
        body = [.. body, 0xA0, 0x06, 0x07];

        OtlpHttpAnswer answer = await collector.Client.PostAsync(encoding is null ? body : OtlpClient.Gzip(body), Cancel, encoding: encoding);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/x-protobuf", answer.MediaType);
        Assert.Null(answer.Response.PartialSuccess);
        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, Cancel);
        Assert.Equal(body, collector.Sink.Requests[0].Body);
    }

    [Fact]
    public async Task Post_Json_IsForwardedAsItCameToHttpAndAsProtobufToGrpc()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString(), sink.GrpcEndpoint]);
        const string json = """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"js"}}]},"futureMember":{"a":[1]},
             "scopeSpans":[{"scope":{"name":"lib","version":"1"},"spans":[{"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174",
             "parent_span_id":"EEE19B7EC3C1B173","name":"grün","kind":"SPAN_KIND_CLIENT","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661000000000,
             "attributes":[{"key":"n","value":{"intValue":"-42"}},{"key":"d","value":{"doubleValue":0.5}},{"key":"b","value":{"boolValue":true}},
               {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":7}]}}},{"key":"k","value":{"kvlistValue":{"values":[{"key":"i","value":{"bytesValue":"AQI="}}]}}}],
             "events":[{"timeUnixNano":"1544712660500000000","name":"e"}],"links":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b171"}],
             "status":{"code":2,"message":"no"},"flags":257}]}]}]}
            """;

        OtlpHttpAnswer answer = await collector.Client.PostAsync(Encoding.UTF8.GetBytes(json), Cancel, "application/json; charset=utf-8");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("""{"partialSuccess":{}}""", answer.Text);
        ReceivedSpan span = Assert.Single(await collector.Sink.WaitForAsync(spans => spans.Count >= 1 && collector.Sink.Requests.Count == 2, Cancel));
        Assert.Equal(json, Encoding.UTF8.GetString(Assert.Single(collector.Sink.Requests, r => r.IsJson).Body));
        Assert.Equal(("5b8efff798038103d269b633813fc60c", "eee19b7ec3c1b174", "eee19b7ec3c1b173"), (span.TraceId, span.SpanId, span.ParentSpanId));
        Assert.Equal(("js", "grün", 3, 257u), (span.ServiceName, span.Name, span.Span.Kind, span.Span.Flags));
        Assert.Equal((1544712660000000000ul, 1544712661000000000ul), (span.Span.StartTimeUnixNano, span.Span.EndTimeUnixNano));
        Assert.Equal((-42L, 0.5, true), (span["n"]!.IntValue, span["d"]!.DoubleValue, span["b"]!.BoolValue));
        Assert.Equal(["x", ""], span["a"]!.ArrayValue.Values.Select(v => v.StringValue));
        Assert.Equal([1, 2], span["k"]!.KvlistValue.Values[0].Value.BytesValue.ToByteArray());
        Assert.Equal(("e", 1544712660500000000ul), (span.Span.Events[0].Name, span.Span.Events[0].TimeUnixNano));
        Assert.Equal("eee19b7ec3c1b171", Convert.ToHexStringLower(span.Span.Links[0].SpanId.Span));
        Assert.Equal((2, "no"), (span.Span.Status.Code, span.Span.Status.Message));
    }

    [Fact]
    public async Task Post_OneSpanOfManyHasABadId_OthersAreForwardedAndPartialSuccessSaysWhy()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span bad = trace.Add("bad", null);
        bad.TraceId = Google.Protobuf.ByteString.CopyFrom(new byte[16]);
        Span good = trace.Add("last", null);

        OtlpHttpAnswer answer = await collector.Client.PostAsync(trace.Bytes, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(1, answer.Response.PartialSuccess.RejectedSpans);
        Assert.Contains("trace_id is all zeros", answer.Response.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
        await collector.Sink.WaitForAsync(spans => spans.Any(s => s.Name == "last"), Cancel);
        ExportRequest expected = trace.Request.Clone();
        expected.ResourceSpans[0].ScopeSpans[0].Spans.Remove(bad);
        Assert.Equal(expected, ExportRequest.Parser.ParseFrom(collector.Sink.Requests[0].Body));
        Assert.Contains(good, expected.ResourceSpans[0].ScopeSpans[0].Spans);
    }

    [Theory]
    [InlineData("trace_id", 16, true, "trace_id is all zeros")]
    [InlineData("trace_id", 15, false, "trace_id has 15 bytes, not 16")]
    [InlineData("span_id", 8, true, "span_id is all zeros")]
    [InlineData("span_id", 0, false, "span_id has 0 bytes, not 8")]
    [InlineData("parent_span_id", 7, false, "parent_span_id has 7 bytes, not 8 or none")]
    public async Task Post_OnlySpanHasABadId_Is400AndNothingIsForwarded(string field, int length, bool zeros, string message)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        var trace = new TestTrace();
        Span span = trace.Add("bad", null);
        byte[] id = new byte[length];
        id.AsSpan().Fill(zeros ? (byte)0 : (byte)1);
        var bytes = Google.Protobuf.ByteString.CopyFrom(id);
        switch (field)
        {
            case "trace_id":
                span.TraceId = bytes;
                break;
            case "span_id":
                span.SpanId = bytes;
                break;
            default:
                span.ParentSpanId = bytes;
                break;
        }

        OtlpHttpAnswer answer = await collector.Client.PostAsync(trace.Bytes, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(3, answer.Error.Code);
        Assert.Contains(message, answer.Error.Message, StringComparison.Ordinal);
        await AssertStillServesAsync(collector, onlyForwarded: 1);
    }

    [Theory]
    [InlineData("application/x-protobuf", null, "0A FF", "protobuf: truncated")]
    [InlineData("application/x-protobuf", null, "FF FF FF FF FF FF FF FF FF FF FF", "varint longer than 10 bytes")]
    [InlineData("application/x-protobuf", null, "08 01", "resource_spans has wire type Varint")]
    [InlineData("application/x-protobuf", null, "14", "group")]
    [InlineData("application/x-protobuf", "gzip", "0A 00", "gzip")]
    [InlineData("application/x-protobuf", "br", "", "Content-Encoding 'br' is not supported")]
    [InlineData("application/json", null, "7B", "JSON:")]
    [InlineData("application/json", null, "5B 5D", "$ is an array, not an object")]
    public async Task Post_Malformed_Is400AndSaysWhat(string contentType, string? encoding, string hex, string message)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();

        OtlpHttpAnswer answer = await collector.Client.PostAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), Cancel, contentType, encoding);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
        await AssertStillServesAsync(collector, onlyForwarded: 1);
    }

    [Theory]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"xyz"}]}]}]}""", "$.resourceSpans[0].scopeSpans[0].spans[0].traceId is no hex id")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00"}]}]}]}""", "trace_id has 1 bytes")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":7}]}]}]}""", ".spans[0].name is a number, not a string")]
    [InlineData("""{"resourceSpans":{}}""", "$.resourceSpans is an object, not an array")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SPAN_KIND_X"}]}]}]}""", ".kind is none of SPAN_KIND_UNSPECIFIED")]
    public async Task Post_JsonOfTheWrongShape_Is400AndNamesTheMember(string json, string message)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();

        OtlpHttpAnswer answer = await collector.Client.PostAsync(Encoding.UTF8.GetBytes(json), Cancel, "application/json");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/json", answer.MediaType);
        Assert.Contains(message, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_JsonWithHalfSurrogatePairs_IsAcceptedWithAReplacementCharacter()
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        const string json = """
            {"resourceSpans":[{"\ud800":1,"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174",
             "name":"a\n\"\u0062\ud83d"}]}]}]}
            """;

        OtlpHttpAnswer answer = await collector.Client.PostAsync(Encoding.UTF8.GetBytes(json), Cancel, "application/json");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("a\n\"b\uFFFD", Assert.Single(await collector.Sink.WaitForAsync(spans => spans.Count == 1, Cancel)).Name);
    }

    [Fact]
    public async Task Post_OneAttributeIsNestedTooDeep_AllSpansAreForwarded()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        AnyValue deep = new() { StringValue = "bottom" };
        for (int i = 0; i < 40; i++)
            deep = new AnyValue { ArrayValue = new ArrayValue { Values = { deep } } };
        trace.Add("deep", null, TestTrace.Text("gen_ai.operation.name", "chat"), new KeyValue { Key = "gen_ai.input.messages", Value = deep });
        trace.Request.ResourceSpans[0].Resource.Attributes.Add(new KeyValue { Key = "deep", Value = deep });

        OtlpHttpAnswer answer = await collector.Client.PostAsync(trace.Bytes, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await collector.Sink.WaitForAsync(spans => spans.Any(span => span.Name == "deep"), Cancel);
        Assert.Equal(trace.Bytes, collector.Sink.Requests[0].Body);
    }

    [Fact]
    public async Task Post_BodyOverTheLimit_Is400EvenWhenItUnpacksToIt()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString()],
            options => new() { HttpPort = 0, GrpcPort = 0, Forward = options.Forward, MaxRequestBytes = 10_000 });

        OtlpHttpAnswer plain = await collector.Client.PostAsync(new byte[10_001], Cancel);
        OtlpHttpAnswer bomb = await collector.Client.PostAsync(OtlpClient.Gzip(new byte[5_000_000]), Cancel, encoding: "gzip");

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (plain.Status, bomb.Status));
        Assert.Contains("larger than 10000 bytes", plain.Text, StringComparison.Ordinal);
        Assert.Contains("larger than 10000 bytes", bomb.Text, StringComparison.Ordinal);
        await AssertStillServesAsync(collector, onlyForwarded: 1);
    }

    [Fact]
    public async Task Post_GzipCutOffAnywhere_Is400()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        byte[] gzip = OtlpClient.Gzip(TestTrace.WithIgnoredToolError().Bytes);

        for (int length = 0; length < gzip.Length; length += 7)
            Assert.Equal(HttpStatusCode.BadRequest, (await collector.Client.PostAsync(gzip[..length], Cancel, encoding: "gzip")).Status);
        await AssertStillServesAsync(collector, onlyForwarded: 1);
    }

    [Fact]
    public async Task Post_UnknownMediaTypeOrPath_IsRefusedAsTheSpecificationSays()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await collector.Client.PostAsync([], Cancel, "text/plain")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await collector.Client.PostAsync([], Cancel, path: "/v1/nothing")).Status);
        Assert.Equal(HttpStatusCode.OK, (await collector.Client.PostAsync([], Cancel)).Status);
        using var http = new HttpClient();
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await http.GetAsync(new Uri(collector.Host.HttpAddress, "/v1/traces"), Cancel)).StatusCode);
    }

    private static async Task AssertStillServesAsync(RunningCollector collector, int onlyForwarded)
    {
        var trace = new TestTrace(99);
        trace.Add("fine", null);
        Assert.Equal(HttpStatusCode.OK, (await collector.Client.PostAsync(trace.Bytes, Cancel)).Status);
        IReadOnlyList<ReceivedSpan> spans = await collector.Sink.WaitForAsync(all => all.Any(s => s.Name == "fine"), Cancel);
        Assert.Equal(onlyForwarded, spans.Count);
    }
}
