using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Query;

public sealed class OtlpRoundTripTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Protobuf_ByBothVersions_IsWhatWasSent()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();
        string id = stored.Trace.TraceIdHex;

        byte[] v1 = await BytesAsync(stored, $"/tempo/api/traces/{id}", "application/protobuf");
        byte[] v2 = await BytesAsync(stored, $"/tempo/api/v2/traces/{id}?start=1&end=2", "application/protobuf");

        Assert.Equal(stored.Trace.Request, ExportRequest.Parser.ParseFrom(v1));

        // TraceByIDResponse: field 1 holds the trace, its length before it.
        Assert.Equal(0x0A, v2[0]);
        Assert.Equal(v1, v2[^v1.Length..]);
    }

    [Theory]
    [InlineData("/tempo/api/traces/", "batches")]
    [InlineData("/tempo/api/v2/traces/", "trace.resourceSpans")]
    [InlineData("/api/v3/traces/", "result.resourceSpans")]
    public async Task Json_SentAgainToAnotherCollector_ComesOutOfThatAsTheSameSpans(string path, string list)
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();
        JsonElement json = (await stored.Api.GetAsync(path + stored.Trace.TraceIdHex)).Body;
        foreach (string member in list.Split('.'))
            json = json.GetProperty(member);
        await using RunningCollector other = await RunningCollector.OverGrpcAsync();

        OtlpHttpAnswer answer = await other.Client.PostAsync(Encoding.UTF8.GetBytes($"{{\"resourceSpans\":{json.GetRawText()}}}"), Cancel, "application/json");
        await other.Sink.WaitForAsync(spans => spans.Count >= 2, Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(stored.Trace.Request, ExportRequest.Parser.ParseFrom(other.Sink.Requests[0].Body));
    }

    [Fact]
    public async Task SpanSentTwice_IsShownOnceAsItCameLast()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();
        ExportRequest again = stored.Trace.Request.Clone();
        again.ResourceSpans[0].ScopeSpans[0].Spans.RemoveAt(0);
        again.ResourceSpans[0].ScopeSpans[0].Spans[0].EndTimeUnixNano += 7_000_000_000;
        using var client = new OtlpClient(stored.Host.HttpAddress, stored.Host.GrpcAddress);
        await client.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(again), Cancel);

        byte[] trace = await BytesAsync(stored, $"/tempo/api/traces/{stored.Trace.TraceIdHex}", "application/protobuf");

        Span[] spans = [.. ExportRequest.Parser.ParseFrom(trace).ResourceSpans.SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans)];
        Assert.Equal(2, spans.Length);
        Assert.Equal(again.ResourceSpans[0].ScopeSpans[0].Spans[0], spans.Single(span => span.Name == "invoke_agent Hotels"));
    }

    [Fact]
    public async Task Tempo_Echo_Missing404_AndNoTraceId400()
    {
        await using StoredTrace stored = await StoredTrace.StartAsync();

        Assert.Equal("echo", (await stored.Api.GetAsync("/tempo/api/echo")).Body.GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await stored.Api.GetAsync("/tempo/api/v2/traces/ab")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await stored.Api.GetAsync("/tempo/api/v2/traces/none")).Status);
    }

    private static async Task<byte[]> BytesAsync(StoredTrace stored, string path, string accept)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Accept = { MediaTypeWithQualityHeaderValue.Parse(accept) } } };
        using HttpResponseMessage response = await http.GetAsync(new Uri(stored.Host.HttpAddress, path), Cancel);
        Assert.Equal((HttpStatusCode.OK, accept), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return await response.Content.ReadAsByteArrayAsync(Cancel);
    }
}
