using System.Net;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.PostgreSql;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Jobs;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>Two collectors over one PostgreSQL, in one process.</summary>
public sealed class SharedStoreTests : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private OtlpSink _sink = null!;
    private string _database = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in Enumerable.Reverse(_owned))
            await owned.DisposeAsync();
    }

    [Fact]
    public async Task SpansOfOneRunAtBothNodes_AreJudgedAsOneRun_AndItsVerdictPassedOnOnce()
    {
        Node a = await StartAsync(), b = await StartAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] spans = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];

        await SendAsync(a, trace, spans[1..3]);
        await SendAsync(b, trace, spans[3..]);
        await SendAsync(a, trace, spans[0]);

        IReadOnlyList<ReceivedSpan> sent = await _sink.WaitForAsync(all => all.Any(span => span.Name == "decisive_error"), Cancel);
        Assert.Single(sent, span => span.Name == "attribute_failure");
        foreach (Node node in (Node[])[a, b])
        {
            RunRecord record = node.Host.Runs.Find(trace.TraceIdHex)!;
            Assert.Equal(("Hotels", 1, 3, RunOutcome.Failure), (record.Attribution!.Agent, record.Attribution.Step, record.Run.Steps.Count, record.Run.Outcome));
            Assert.Equal(trace.TraceIdHex, Assert.Single(node.Host.Runs.Latest(10)).Run.Id);
        }
    }

    [Fact]
    public async Task LateSpanAtTheOtherNode_ASecondVerdictSupersedesTheFirst_AndTheSameSpansAgainChangeNothing()
    {
        Node a = await StartAsync(new Scripted(LastStep)), b = await StartAsync(new Scripted(LastStep));
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] spans = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await SendAsync(a, trace, spans);
        await _sink.WaitForAsync(all => all.Any(span => span.Name == "decisive_error"), Cancel);

        await SendAsync(b, trace, trace.AddTurn(spans[0], "Billing", 3, "Paid."));
        IReadOnlyList<ReceivedSpan> sent = await _sink.WaitForAsync(all => all.Count(span => span.Name == "decisive_error") == 2, Cancel);
        await SendAsync(a, trace, spans);
        TestTrace other = TestTrace.WithIgnoredToolError(2);
        await SendAsync(b, other, [.. other.Request.ResourceSpans[0].ScopeSpans[0].Spans]);
        IReadOnlyList<ReceivedSpan> last = await _sink.WaitForAsync(all => all.Any(span => span.Name == "decisive_error" && span.TraceId == other.TraceIdHex), Cancel);

        ReceivedSpan[] verdicts = [.. sent.Where(span => span.Name == "attribute_failure")];
        Assert.Equal([1, 2], verdicts.Select(span => span["agenttrace.attribution.revision"]!.IntValue));
        Assert.Equal(verdicts[0].SpanId, verdicts[1]["agenttrace.attribution.supersedes"]!.StringValue);
        Assert.Equal(2, last.Count(span => span.Name == "attribute_failure" && span.TraceId == trace.TraceIdHex));
        Assert.Equal("Billing", a.Host.Runs.Find(trace.TraceIdHex)!.Attribution!.Agent);
    }

    [Fact]
    public async Task RunThatDidNotFail_IsKeptWithoutAVerdict()
    {
        Node a = await StartAsync();
        var decided = new TaskCompletionSource<RunRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        a.Host.Decisions.Decided += record => decided.TrySetResult(record);
        var trace = new TestTrace();
        Span run = trace.AddRun("success");

        await SendAsync(a, trace, run, trace.AddTurn(run, "Flights", 0, "Booked."));

        RunRecord record = await decided.Task.WaitAsync(Cancel);
        Assert.Equal((RunOutcome.Success, null), (record.Run.Outcome, record.Attribution));
        Assert.Equal(RunOutcome.Success, a.Host.Runs.Find(trace.TraceIdHex)!.Run.Outcome);
    }

    [Fact]
    public async Task Stop_WhileARunIsJudged_LeavesItToTheOtherNodeAtOnce()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Node a = await StartAsync(new Scripted(async (run, cancellationToken) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return await LastStep(run, cancellationToken);
        }));
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await SendAsync(a, trace, [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans]);
        await asked.Task.WaitAsync(Cancel);

        await a.Host.StopAsync(Cancel);
        await StartAsync();

        IReadOnlyList<ReceivedSpan> sent = await _sink.WaitForAsync(all => all.Any(span => span.Name == "decisive_error"), Cancel);
        Assert.Single(sent, span => span.Name == "attribute_failure");
    }

    [Fact]
    public async Task MethodThatBreaks_LosesItsRunsVerdictAlone()
    {
        int calls = 0;
        Node a = await StartAsync(new Scripted((run, cancellationToken) => ++calls == 1 ? throw new InvalidOperationException("broken") : LastStep(run, cancellationToken)));
        for (byte id = 1; id <= 2; id++)
        {
            TestTrace trace = TestTrace.WithIgnoredToolError(id);
            await SendAsync(a, trace, [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans]);
        }

        await _sink.WaitForAsync(all => all.Any(span => span.Name == "decisive_error"), Cancel);
        await a.Host.StopAsync(Cancel);
        await using var store = new PostgresTraceStore(_database);
        Assert.Empty(await store.TakeAsync(10, TimeSpan.FromMinutes(1), Cancel));
    }

    private async Task<Node> StartAsync(IFailureAttributor? attributor = null)
    {
        Assert.SkipWhen(PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        if (_sink is null)
        {
            _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
            _owned.Add(_sink = await OtlpSink.StartAsync(Cancel));
        }

        var store = new PostgresTraceStore(_database);
        _owned.Add(store);
        CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = TimeSpan.FromMilliseconds(200),
            Forward = [ForwardingEndpoint.Parse(_sink.GrpcEndpoint)],
            Store = store,
            Storing = new StoreOptions { AnswerWhenStored = true },
            Attribution = new AttributionOptions { Lease = TimeSpan.FromMinutes(10), Concurrency = 1 },
            Attributor = attributor ?? new StructuralAttributor(),
        });
        _owned.Add(host);
        await host.StartAsync(Cancel);
        var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        return new Node(host, client);
    }

    private static async Task SendAsync(Node node, TestTrace trace, params Span[] spans)
    {
        ExportRequest request = trace.Request.Clone();
        request.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
        request.ResourceSpans[0].ScopeSpans[0].Spans.AddRange(spans);
        Assert.Equal(HttpStatusCode.OK, (await node.Client.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(request), Cancel)).Status);
    }

    private static ValueTask<FailureAttribution> LastStep(AgentRun run, CancellationToken cancellationToken) => ValueTask.FromResult(new FailureAttribution
    {
        Method = "last",
        MethodVersion = "1",
        Verdict = AttributionVerdict.DecisiveError,
        Step = run.Steps.Count - 1,
        Agent = run.Steps[^1].Agent,
        Reason = "It came last.",
        Ranking = [],
    });

    private sealed class Scripted(Func<AgentRun, CancellationToken, ValueTask<FailureAttribution>> method) : IFailureAttributor
    {
        public string Method => "last";

        public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default) => method(run, cancellationToken);
    }

    private sealed record Node(CollectorHost Host, OtlpClient Client);
}
