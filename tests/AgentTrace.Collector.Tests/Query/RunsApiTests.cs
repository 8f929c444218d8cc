using System.Net;
using System.Text.Json;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Tests.Storing;
using AgentTrace.Store.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Tests.Query;

public sealed class RunsApiTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RecordedStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_PageByPage_GivesEachRunOnceInTheOrderTheyFinished(bool stored)
    {
        await using JudgedRuns runs = await StartAsync(stored, count: 7);
        using var api = new ApiClient(runs.Host.HttpAddress);

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            (_, JsonElement page) = await api.GetAsync($"/v1/runs?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            seen.AddRange(page.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("traceId").GetString()!));
            cursor = page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
        }
        while (cursor is not null);

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], seen.Select(id => Convert.ToInt32(id, 16)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_Filtered_GivesThoseThatMatchAll(bool stored)
    {
        await using JudgedRuns runs = await StartAsync(stored, count: 6);
        using var api = new ApiClient(runs.Host.HttpAddress);

        async Task<string> IdsAsync(string query) => string.Join(' ', (await api.GetAsync("/v1/runs?" + query)).Body.GetProperty("runs").EnumerateArray()
            .Select(run => Convert.ToInt32(run.GetProperty("traceId").GetString(), 16)));

        Assert.Equal("6 4 2", await IdsAsync("outcome=failure"));
        Assert.Equal("5 3 1", await IdsAsync("service=desk%201"));
        Assert.Equal("3 2", await IdsAsync("since=2026-05-01T12:02:00Z&until=2026-05-01T14:04:00%2B02:00"));
        Assert.Equal("", await IdsAsync("agent=%27%20OR%201%3D1%20--"));
        Assert.Equal("", await IdsAsync("outcome=failure&service=desk%201"));
    }

    [Theory]
    [InlineData("limit=0", "limit is '0'; allowed: 1 to 1000")]
    [InlineData("limit=ten", "limit is 'ten'; allowed: 1 to 1000")]
    [InlineData("outcome=failed", "outcome is 'failed'; allowed: failure, success, unknown")]
    [InlineData("since=yesterday", "since is 'yesterday'; allowed: a time such as")]
    [InlineData("cursor=AAAA", "cursor is 'AAAA'; allowed: the next of an earlier page")]
    [InlineData("cursor=////////////////////////////////", "cursor is '")]
    [InlineData("agents=Hotels", "there is no parameter 'agents'; allowed: outcome, agent")]
    [InlineData("step=-1", "step is '-1'; allowed: 0 to 2147483647")]
    [InlineData("agent=a&agent=b", "agent is given 2 times; allowed: once")]
    public async Task List_ParameterIsOff_Is400AndSaysWhatIsAllowed(string query, string message)
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.GetAsync("/v1/runs?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", HttpStatusCode.NotFound)]
    [InlineData("00", HttpStatusCode.BadRequest)]
    [InlineData("..%2F..%2Fetc%2Fpasswd", HttpStatusCode.BadRequest)]
    [InlineData("1%27%20OR%201=1", HttpStatusCode.BadRequest)]
    public async Task Find_RunThatIsNotKept_Is404_NoTraceId400(string id, HttpStatusCode expected)
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.GetAsync("/v1/runs/" + id);

        Assert.Equal(expected, status);
        Assert.NotEmpty(answer.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task Find_DamagedDocument_Is503AndSaysWhich()
    {
        await _store.OpenAsync(Cancel);
        await _store.SaveRunAsync(new StoredRun { TraceId = 5, Outcome = "failure", FinishedAt = Noon, Document = new byte[] { 1, 2, 3 } }, Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, Store = _store });
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.GetAsync("/v1/runs/5");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("the stored run 00000000000000000000000000000005 is damaged", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task<JudgedRuns> StartAsync(bool stored, int count)
    {
        JudgedRuns runs = await JudgedRuns.StartAsync(
            new CollectorOptions { HttpPort = 0, GrpcPort = 0, Store = stored ? _store : null }, services => services.AddSingleton<IRunStore>(new InMemoryRunStore(100)));
        for (int i = 1; i <= count; i++)
        {
            RunOutcome outcome = i % 2 == 0 ? RunOutcome.Failure : RunOutcome.Success;
            var run = new AgentRun { Id = i.ToString("x32", System.Globalization.CultureInfo.InvariantCulture), Outcome = outcome, Steps = [] };
            runs.Host.Runs.Save(new RunRecord(run, 1, Noon.AddMinutes(i)) { Service = $"desk {i % 2}" });
            if (stored)
                await _store.SaveRunAsync(new StoredRun { TraceId = (UInt128)i, Outcome = i % 2 == 0 ? "failure" : "success", FinishedAt = Noon.AddMinutes(i), Service = $"desk {i % 2}" }, Cancel);
        }

        return runs;
    }
}
