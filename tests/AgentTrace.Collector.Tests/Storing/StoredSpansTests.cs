using System.Net;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.Runs;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Storing;

public sealed class StoredSpansTests : IAsyncDisposable
{
    private readonly RecordedStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task AgentTrace_IsStoredWholeByteForByte_OtherTracesAreNot()
    {
        await using RunningCollector collector = await StartAsync(new StoreOptions { AnswerWhenStored = true });
        TestTrace web = new(2), agents = new(1);
        Span root = agents.Add("GET /trip", null);
        await SendAsync(collector, agents.Request);
        web.Add("GET /other", null);
        await SendAsync(collector, web.Request);

        TestTrace rest = new(1);
        rest.Add("", null);
        rest.Request.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
        Span turn = rest.AddTurn(root, "Hotels", 0, "Booked.");
        Span query = rest.Add("SELECT", turn);
        await SendAsync(collector, rest.Request);

        Assert.Equal([root, turn, query], await _store.SpansOfAsync(agents.TraceIdHex, Cancel));
        Assert.Empty(await _store.SpansOfAsync(web.TraceIdHex, Cancel));
        Assert.Contains(new("travel", "SELECT", 1), await _store.ListOperationsAsync("travel", Cancel));
    }

    [Fact]
    public async Task ContentsAll_StoresEverySpan()
    {
        await using RunningCollector collector = await StartAsync(new StoreOptions { AnswerWhenStored = true, Contents = StoredContents.All });
        TestTrace web = new(2);
        Span root = web.Add("GET /other", null);
        await SendAsync(collector, web.Request);

        Assert.Equal([root], await _store.SpansOfAsync(web.TraceIdHex, Cancel));
    }

    [Fact]
    public async Task Stop_StoresWhatWaits_TheRunsAndTheirVerdictSpansToo()
    {
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await using (RunningCollector collector = await StartAsync(new StoreOptions { Linger = TimeSpan.FromMinutes(1) }))
        {
            await SendAsync(collector, trace.Request);
            await collector.Host.StopAsync(Cancel);
        }

        IReadOnlyList<Span> spans = await _store.SpansOfAsync(trace.TraceIdHex, Cancel);
        Assert.Contains(spans, span => span.Name == "attribute_failure");
        Assert.Contains(spans, span => span.Name == "decisive_error");
        Assert.Equal(trace.Request.ResourceSpans[0].ScopeSpans[0].Spans.Count + 2, spans.Count);
        StoredRun run = Assert.Single(await _store.ListRunsAsync(new RunFilter { Outcome = "failure", Agent = "Hotels", Category = "tool_error" }, Cancel));
        Assert.Equal(("travel", 3, 1, "structural"), (run.Name, run.Steps, run.Step, run.Method));
    }

    [Fact]
    public async Task Restart_FindsTheRunsOfBefore()
    {
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await using (RunningCollector collector = await StartAsync(new StoreOptions()))
        {
            await SendAsync(collector, trace.Request);
            await collector.Host.StopAsync(Cancel);
        }

        await using RunningCollector again = await StartAsync(new StoreOptions());

        RunRecord found = again.Host.Runs.Find(trace.TraceIdHex)!;
        Assert.Equal(RunOutcome.Failure, found.Run.Outcome);
        Assert.Equal("Hotels", found.Attribution!.Agent);
        Assert.Equal("The Grand Plaza is booked for you.", found.Run.Steps[1].Output);
    }

    [Fact]
    public async Task StoreFails_SpansAreForwarded_AndSendersHearOfItOnlyWhereTheyWait()
    {
        _store.Broken = new StoreException("the disk is full");
        await using (RunningCollector waiting = await StartAsync(new StoreOptions { AnswerWhenStored = true }))
        {
            OtlpHttpAnswer answer = await waiting.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Contains("the disk is full", answer.Text, StringComparison.Ordinal);
        }

        await using RunningCollector collector = await StartAsync(new StoreOptions());
        await SendAsync(collector, TestTrace.WithIgnoredToolError().Request);
        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, Cancel);
    }

    [Fact]
    public async Task SpansCannotBeStored_TheRunIsStoredAllTheSame()
    {
        _store.Broken = new StoreException("the disk is full");
        await using (RunningCollector collector = await StartAsync(new StoreOptions { Linger = TimeSpan.FromMinutes(1) }))
        {
            await SendAsync(collector, TestTrace.WithIgnoredToolError().Request);
            await collector.Host.StopAsync(Cancel);
        }

        Assert.Equal("travel", Assert.Single(await _store.ListRunsAsync(new RunFilter(), Cancel)).Name);
    }

    [Fact]
    public async Task QueueFull_SpansAreLeftOut_AndForwardedAllTheSame()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        await using RunningCollector collector = await StartAsync(new StoreOptions { QueueBytes = 1, Linger = TimeSpan.Zero });
        TestTrace first = TestTrace.WithIgnoredToolError(1), second = TestTrace.WithIgnoredToolError(2);
        await SendAsync(collector, first.Request);
        await SendAsync(collector, second.Request);
        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, Cancel);
        gate.SetResult();
        await collector.Host.StopAsync(Cancel);

        Assert.NotEmpty(await _store.SpansOfAsync(first.TraceIdHex, Cancel));
        Assert.DoesNotContain(await _store.SpansOfAsync(second.TraceIdHex, Cancel), span => span.Name == "invoke_workflow travel");
    }

    private Task<RunningCollector> StartAsync(StoreOptions options) =>
        RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString()], set => new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = set.QuietTime,
            Forward = set.Forward,
            Store = _store,
            Storing = options,
        });

    private static async Task SendAsync(RunningCollector collector, ExportRequest request)
    {
        OtlpHttpAnswer answer = await collector.Client.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(request), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
