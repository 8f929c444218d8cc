using System.Net;
using System.Text.Json;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Query;

public sealed class TempoApiTests(TempoApiTests.Kept kept) : IClassFixture<TempoApiTests.Kept>
{
    private readonly StoredTrace _stored = kept.Trace;


    [Theory]
    [InlineData("{}", 2)]
    [InlineData("{ }", 2)]
    [InlineData("{ name = \"GET /trip\" }", 1)]
    [InlineData("{ name != \"GET /trip\" && name != \"GET /other\" }", 1)]
    [InlineData("{ name =~ \"GET /.*\" }", 2)]
    [InlineData("{ name =~ \"GET\" }", 0)]
    [InlineData("{ name !~ \"GET .*\" }", 1)]
    [InlineData("{ span.gen_ai.agent.name = \"Hotels\" }", 1)]
    [InlineData("{ .gen_ai.agent.name = \"Hotels\" }", 1)]
    [InlineData("{ resource.gen_ai.agent.name = \"Hotels\" }", 0)]
    [InlineData("{ resource.service.name = \"shop/web\" }", 1)]
    [InlineData("{ span.service.name = \"shop/web\" }", 0)]
    [InlineData("{resource.service.name=`travel`&&status=error}", 1)]
    [InlineData("{ resource.service.name = \"shop/web\" && status = error }", 0)]
    [InlineData("{ resource.service.name = \"shop/web\" || status = error }", 2)]
    [InlineData("{ name = \"GET /other\" || name = \"GET /trip\" && status = error }", 1)]
    [InlineData("{ (name = \"GET /other\" || name = \"GET /trip\") && status != error }", 2)]
    [InlineData("{ span.http.status_code = 500 }", 1)]
    [InlineData("{ span.http.status_code >= 500 && kind = server }", 1)]
    [InlineData("{ span.http.status_code > 500 }", 0)]
    [InlineData("{ span.http.status_code < 500.5 }", 1)]
    [InlineData("{ span.http.status_code = \"500\" }", 0)]
    [InlineData("{ span.share <= 0.25 }", 1)]
    [InlineData("{ span.ok = true }", 1)]
    [InlineData("{ span.ok != true }", 0)]
    [InlineData("{ span.gen_ai.agent.name =~ \"Ho.*|Fl.*\" }", 1)]
    [InlineData("{ span.gen_ai.agent.name !~ \"Ho.*\" }", 0)]
    [InlineData("{ span.http.route != nil }", 2)]
    [InlineData("{ span.http.route = nil }", 1)]
    [InlineData("{ duration > 400ms && duration < 0.6s }", 2)]
    [InlineData("{ duration >= 1h }", 0)]
    [InlineData("{ span:kind = server && span:duration > 1ns }", 1)]
    [InlineData("{ span.\"no such name\" = 1 }", 0)]
    [InlineData("{ span.gen_ai.agent.name = \"' OR 1=1 --\" }", 0)]
    public async Task Search_TraceQl_GivesTheTracesWithASpanThatMatches(string query, int found)
    {

        (HttpStatusCode status, JsonElement answer) = await _stored.Api.GetAsync("/tempo/api/search?q=" + Uri.EscapeDataString(query));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(found, answer.GetProperty("traces").GetArrayLength());
    }

    [Theory]
    [InlineData("tags=" + "service.name%3Dtravel%20error%3Dtrue", 1)]
    [InlineData("tags=name%3D%22GET%20%2Ftrip%22%20http.status_code%3D500", 1)]
    [InlineData("tags=service.name%3Dtravel&minDuration=2s", 0)]
    [InlineData("tags=service.name%3Dtravel&minDuration=400ms&maxDuration=1s", 1)]
    [InlineData("start=1&end=2", 0)]
    [InlineData("limit=1", 1)]
    public async Task Search_ByTagsAndTime_GivesTheTracesWithASpanThatMatchesAll(string query, int found)
    {

        (HttpStatusCode status, JsonElement answer) = await _stored.Api.GetAsync("/tempo/api/search?" + query);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(found, answer.GetProperty("traces").GetArrayLength());
    }

    [Fact]
    public async Task Search_Answer_HasTheShapeThatGrafanaReads()
    {
        Span root = StoredTrace.SpanOf(_stored.Trace, "GET /trip"), turn = StoredTrace.SpanOf(_stored.Trace, "invoke_agent Hotels");

        JsonElement answer = (await _stored.Api.GetAsync("/tempo/api/search?q=" + Uri.EscapeDataString("{ span.gen_ai.agent.name = \"Hotels\" && span.share > 0 && span.ok = true && span.big > 1 }"))).Body;

        Assert.Equal(["metrics", "traces"], Members(answer));
        JsonElement trace = Assert.Single(answer.GetProperty("traces").EnumerateArray());
        Assert.Equal(["durationMs", "rootServiceName", "rootTraceName", "spanSet", "spanSets", "startTimeUnixNano", "traceID"], Members(trace));
        Assert.Equal((_stored.Trace.TraceIdHex, "travel", "GET /trip"), (trace.GetProperty("traceID").GetString(), trace.GetProperty("rootServiceName").GetString(), trace.GetProperty("rootTraceName").GetString()));
        Assert.Equal(root.StartTimeUnixNano.ToString(System.Globalization.CultureInfo.InvariantCulture), trace.GetProperty("startTimeUnixNano").GetString());
        Assert.Equal(JsonValueKind.Number, trace.GetProperty("durationMs").ValueKind);
        JsonElement set = Assert.Single(trace.GetProperty("spanSets").EnumerateArray());
        Assert.Equal(1, set.GetProperty("matched").GetInt32());
        JsonElement span = Assert.Single(set.GetProperty("spans").EnumerateArray());
        Assert.Equal(["attributes", "durationNanos", "name", "spanID", "startTimeUnixNano"], Members(span));
        Assert.Equal(Convert.ToHexStringLower(turn.SpanId.ToByteArray()), span.GetProperty("spanID").GetString());
        Assert.Equal("500000000", span.GetProperty("durationNanos").GetString());
        Assert.Equal(
            ["gen_ai.agent.name {\"stringValue\":\"Hotels\"}", "share {\"doubleValue\":0.25}", "ok {\"boolValue\":true}", "big {\"intValue\":\"9223372036854775807\"}"],
            span.GetProperty("attributes").EnumerateArray().Select(one => $"{one.GetProperty("key")} {one.GetProperty("value").GetRawText()}"));
    }

    [Fact]
    public async Task NamesAndValues_AreThoseThatOccur()
    {

        JsonElement scopes = (await _stored.Api.GetAsync("/tempo/api/v2/search/tags")).Body.GetProperty("scopes");
        Assert.Equal(["resource", "span", "intrinsic"], scopes.EnumerateArray().Select(scope => scope.GetProperty("name").GetString()));
        Assert.Equal(["host.name", "service.name"], Texts(scopes[0].GetProperty("tags")));
        Assert.Contains("gen_ai.agent.name", Texts(scopes[1].GetProperty("tags")));
        Assert.Equal(["duration", "kind", "name", "status"], Texts(scopes[2].GetProperty("tags")));
        Assert.Equal("span", Assert.Single((await _stored.Api.GetAsync("/tempo/api/v2/search/tags?scope=span")).Body.GetProperty("scopes").EnumerateArray()).GetProperty("name").GetString());
        string[] all = Texts((await _stored.Api.GetAsync("/tempo/api/search/tags")).Body.GetProperty("tagNames"));
        Assert.Subset(all.ToHashSet(), new HashSet<string> { "service.name", "http.route", "name" });

        Assert.Equal(["string shop/web", "string travel"], await ValuesAsync(_stored, "resource.service.name"));
        Assert.Equal(["int 500"], await ValuesAsync(_stored, "span.http.status_code"));
        Assert.Equal(["bool true"], await ValuesAsync(_stored, ".ok"));
        Assert.Equal(["keyword error", "keyword ok", "keyword unset"], await ValuesAsync(_stored, "status"));
        Assert.Equal(["string GET /other", "string GET /trip", "string invoke_agent Hotels"], await ValuesAsync(_stored, "name"));
        Assert.Equal(["/other", "/trip"], Texts((await _stored.Api.GetAsync("/tempo/api/search/tag/http.route/values")).Body.GetProperty("tagValues")));
    }

    [Theory]
    [InlineData("{ name = \"GET /trip\" } | count() > 2", "q at 24: '|'")]
    [InlineData("{ name = \"a\" } && { name = \"b\" }", "q at 16: '&&'; allowed: the end")]
    [InlineData("name = \"a\"", "q at 1: 'name'; allowed: { ... }")]
    [InlineData("{ name = \"a\" ", "q at 14: 'the end'; allowed: '}', && or ||")]
    [InlineData("{ name = \"a }", "q at 10: a text without an end")]
    [InlineData("{ name = \"a\\x\" }", "q at 12: \\x; allowed: \\n, \\t")]
    [InlineData("{ name > \"a\" }", "q at 8: '>'; allowed: = or !=")]
    [InlineData("{ name = a }", "q at 10: 'a'; allowed: a text in quotes")]
    [InlineData("{ status = broken }", "q at 12: 'broken'; allowed: unset, ok, error")]
    [InlineData("{ kind = big }", "q at 10: 'big'; allowed: unspecified, internal, server")]
    [InlineData("{ duration > 5 }", "q at 14: '5'; allowed: a duration such as 100ms")]
    [InlineData("{ span.x =~ \"(\" }", "q at 13: '('; allowed: a regular expression")]
    [InlineData("{ span.x =~ \"(a)\\\\1\" }", "q at 13: '(a)\\1'; allowed: a regular expression without back-references")]
    [InlineData("{ span.x > nil }", "q at 10: '>'; allowed: = or != with nil")]
    [InlineData("{ span.x = y }", "q at 12: 'y'; allowed: a text in quotes, a number, true, false or nil")]
    [InlineData("{ span. = 1 }", "q at 3: 'span.'; allowed: a field")]
    [InlineData("{ trace:duration > 1s }", "q at 3: 'trace:duration'; allowed: a field")]
    [InlineData("{ span.x }", "q at 10: '}'; allowed: = != =~")]
    [InlineData("{ , }", "q at 3: ','")]
    public async Task Search_BeyondWhatIsServed_Is400AndSaysWhereAndWhatIsAllowed(string query, string message)
    {
        using var http = new HttpClient { BaseAddress = _stored.Host.HttpAddress };

        using HttpResponseMessage answer = await http.GetAsync("/tempo/api/search?q=" + Uri.EscapeDataString(query), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(message, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tempo/api/search?limit=0", "limit is '0'; allowed: 1 to 1000")]
    [InlineData("/tempo/api/search?start=yesterday", "start is 'yesterday'; allowed: seconds since 1970")]
    [InlineData("/tempo/api/search?minDuration=fast", "minDuration is 'fast'")]
    [InlineData("/tempo/api/search?tags=%3D1", "tags is '=1'; allowed: name=value pairs")]
    [InlineData("/tempo/api/search?tags=a%3D%22b", "tags is 'a=\"b'")]
    [InlineData("/tempo/api/search?q=%7B%7D&tags=a%3D1", "q and tags are given")]
    [InlineData("/tempo/api/v2/search/tags?scope=event", "scope is 'event'; allowed: resource, span, intrinsic, none")]
    [InlineData("/tempo/api/v2/search/tag/event.x/values", "q at 1: 'event.x'; allowed: a field")]
    public async Task Parameter_ThatIsWrong_Is400AndNamesIt(string path, string message)
    {
        using var http = new HttpClient { BaseAddress = _stored.Host.HttpAddress };

        using HttpResponseMessage answer = await http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(message, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_HostileDepthAndLength_AreRefused()
    {
        using var http = new HttpClient { BaseAddress = _stored.Host.HttpAddress };
        foreach (string query in (string[])["{" + new string('(', 400) + "name=\"a\"" + new string(')', 400) + "}", "{ name = \"" + new string('a', 5_000) + "\" }"])
        {
            using HttpResponseMessage answer = await http.GetAsync("/tempo/api/search?q=" + Uri.EscapeDataString(query), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private static async Task<IEnumerable<string>> ValuesAsync(StoredTrace stored, string tag) =>
        (await stored.Api.GetAsync($"/tempo/api/v2/search/tag/{tag}/values")).Body.GetProperty("tagValues").EnumerateArray().Select(one => $"{one.GetProperty("type")} {one.GetProperty("value")}");

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(one => one.GetString()!)];

    private static IEnumerable<string> Members(JsonElement element) => element.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    /// <summary>One collector for all these tests: none of them changes what it keeps.</summary>
    public sealed class Kept : IAsyncLifetime
    {
        internal StoredTrace Trace { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Trace = await StoredTrace.StartAsync();

        public ValueTask DisposeAsync() => Trace.DisposeAsync();
    }
}
