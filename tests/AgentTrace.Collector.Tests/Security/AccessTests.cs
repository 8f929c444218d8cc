using System.Net.Http.Headers;
using System.Text;
using AgentTrace.Collector.Security;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Security;

public sealed class AccessTests
{
    private const string Ingest = "ingest-0123456789abcdef", Query = "query-0123456789abcdef", Admin = "admin-0123456789abcdef";

    private static readonly AccessOptions Tokens = new() { IngestTokens = ["another-0123456789abcdef", Ingest], QueryTokens = [Query], AdminTokens = [Admin] };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 401, 401, 401)]
    [InlineData("Bearer ingest-0123456789abcdeF", 401, 401, 401)]
    [InlineData("Bearer ", 401, 401, 401)]
    [InlineData("Token " + Admin, 401, 401, 401)]
    [InlineData("Bearer " + Ingest, 200, 403, 403)]
    [InlineData("Bearer " + Query, 403, 200, 403)]
    [InlineData("bearer " + Admin, 200, 200, 404)]
    public async Task Request_WithAToken_MayDoWhatItsRoleMay(string? authorization, int ingest, int query, int admin)
    {
        await using CollectorHost host = await StartAsync(new() { HttpPort = 0, GrpcPort = 0, Access = Tokens });
        using var http = new HttpClient { BaseAddress = host.HttpAddress };
        if (authorization is not null)
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        Assert.Equal(ingest, await StatusAsync(http.PostAsync("/v1/traces", Otlp(), Cancel)));
        Assert.Equal(ingest, await StatusAsync(http.PostAsync("/v1/logs", Otlp([]), Cancel)));
        Assert.Equal(query, await StatusAsync(http.GetAsync("/v1/runs", Cancel)));
        Assert.Equal(query, await StatusAsync(http.GetAsync("/V1/RUNS", Cancel)));
        using var label = new StringContent("""{"traceId":"ab","agent":"a","step":0,"by":"ann"}""", Encoding.UTF8, "application/json");
        Assert.Equal(admin, await StatusAsync(http.PostAsync("/v1/labels", label, Cancel)));
        Assert.Equal(200, await StatusAsync(http.GetAsync("/healthz", Cancel)));
    }

    [Fact]
    public async Task Refusal_SaysWhatIsNeeded_AndNeverTheToken()
    {
        await using CollectorHost host = await StartAsync(new() { HttpPort = 0, GrpcPort = 0, Access = Tokens });
        using var api = new ApiClient(host.HttpAddress, Query);
        using var none = new ApiClient(host.HttpAddress);

        string? crossing = (await api.PostAsync("/v1/outcomes", new { })).Body.GetProperty("error").GetString();
        string? missing = (await none.GetAsync("/v1/runs")).Body.GetProperty("error").GetString();

        Assert.Equal("this token's role may not do that; it needs the role admin", crossing);
        Assert.Contains("one of the role query", missing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BasicAuthentication_TakesTheTokenAsPassword_AndBrowsersAreAskedForIt()
    {
        await using CollectorHost host = await StartAsync(new() { HttpPort = 0, GrpcPort = 0, Access = Tokens });
        using var http = new HttpClient { BaseAddress = host.HttpAddress };

        using HttpResponseMessage refused = await http.GetAsync("/v1/runs", Cancel);
        Assert.StartsWith("Basic", refused.Headers.WwwAuthenticate.Single().ToString(), StringComparison.Ordinal);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:" + Query)));
        Assert.Equal(200, await StatusAsync(http.GetAsync("/v1/runs", Cancel)));
    }

    [Fact]
    public async Task Grpc_WithoutToken_IsUnauthenticated_WithAnotherRolesPermissionDenied()
    {
        await using CollectorHost host = await StartAsync(new() { HttpPort = 0, GrpcPort = 0, Access = Tokens });
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        using var query = new OtlpClient(host.HttpAddress, host.GrpcAddress, Query);
        using var ingest = new OtlpClient(host.HttpAddress, host.GrpcAddress, Ingest);
        byte[] spans = TestTrace.WithIgnoredToolError().Bytes;

        Assert.Equal(16, (await client.CallAsync(spans, Cancel)).Status);
        Assert.Equal(7, (await query.CallAsync(spans, Cancel)).Status);
        Assert.Equal(0, (await ingest.CallAsync(spans, Cancel)).Status);
    }

    [Fact]
    public async Task Readiness_WithoutToken_NamesNoEndpoints()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString()], options => new()
        {
            HttpPort = 0, GrpcPort = 0, Forward = options.Forward, Access = Tokens,
        });
        using var none = new ApiClient(collector.Host.HttpAddress);
        using var query = new ApiClient(collector.Host.HttpAddress, Query);

        Assert.DoesNotContain(collector.Sink.HttpAddress.Authority, (await none.GetAsync("/readyz")).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(collector.Sink.HttpAddress.Authority, (await query.GetAsync("/readyz")).Body.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("evil.example", 421)]
    public async Task Loopback_WithoutTokens_AnswersNoOtherName(string name, int expected)
    {
        await using CollectorHost host = await StartAsync(new() { HttpPort = 0, GrpcPort = 0 });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.HttpAddress, "/v1/runs"));
        request.Headers.Host = name;

        using HttpResponseMessage response = await http.SendAsync(request, Cancel);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task Preflight_OfAnotherSite_GetsNoLeave()
    {
        await using CollectorHost host = await StartAsync(new() { HttpPort = 0, GrpcPort = 0 });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(host.HttpAddress, "/v1/outcomes"))
        {
            Headers = { { "Origin", "https://evil.example" }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "content-type" } },
        };

        using HttpResponseMessage response = await http.SendAsync(request, Cancel);

        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.False(response.IsSuccessStatusCode);
    }

    private static async Task<int> StatusAsync(Task<HttpResponseMessage> sent)
    {
        using HttpResponseMessage response = await sent;
        return (int)response.StatusCode;
    }

    private static ByteArrayContent Otlp(byte[]? body = null) =>
        new(body ?? TestTrace.WithIgnoredToolError().Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };

    private static async Task<CollectorHost> StartAsync(CollectorOptions options)
    {
        CollectorHost host = CollectorHost.Create(options);
        await host.StartAsync(Cancel);
        return host;
    }
}
