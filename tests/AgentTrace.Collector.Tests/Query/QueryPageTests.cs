using System.Net;
using System.Text.Json;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Query;

public sealed class QueryPageTests
{
    [Theory]
    [InlineData("outcomes")]
    [InlineData("labels")]
    public async Task Page_ShowsABodyThatIsTaken(string endpoint)
    {
        string page = await File.ReadAllTextAsync(Path.Combine(SharedData.RepositoryRoot, "docs", "query.md"), TestContext.Current.CancellationToken);
        string body = page.Split($"```json {endpoint}\n")[1].Split("```")[0];
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        await runs.SendAsync(trace, trace.Request.ResourceSpans[0].ScopeSpans[0].Spans);
        await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.PostTextAsync("/v1/" + endpoint, body);

        Assert.Equal((HttpStatusCode.OK, trace.TraceIdHex), (status, answer.GetProperty("traceId").GetString()));
    }
}
