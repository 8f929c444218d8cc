using System.Collections.Concurrent;
using System.Net;
using AgentTrace.Store.PostgreSql;
using AgentTrace.Store.Runs;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Cli.Tests;

/// <summary>Two collectors, each a process, over one PostgreSQL; one is killed while it takes spans in and attributes.</summary>
public sealed class ManyNodesTests
{
    private const int RunsBefore = 30, RunsAround = 60, AnsweredAtOnce = 8, SendersAtOnce = 4;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Collect_OneOfTwoNodesIsKilled_EveryAcceptedSpanIsStoredAndEveryFailedRunAttributedOnce()
    {
        Assert.SkipWhen(PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        string database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        using var gate = new ManualResetEventSlim();
        using var heldUp = new CountdownEvent(4);
        int asked = 0;
        await using ChatCompletionsServer model = await ChatCompletionsServer.StartAsync(_ =>
        {
            if (Interlocked.Increment(ref asked) > AnsweredAtOnce && !gate.IsSet)
            {
                heldUp.Signal();
                gate.Wait();
            }

            return "lower half";
        }, Cancel);
        string[] call =
        [
            "collect", "--http-port", "0", "--grpc-port", "0", "--quiet-seconds", "0.3", "--lease-seconds", "1.5", "--store", database, "--store-contents", "All",
            "--attribution-concurrency", "2", "--method", "binary-search", "--judge", "openai:test-model", "--judge-url", model.Address.ToString(),
        ];
        await using CliProcess first = CliProcess.Start(call), second = CliProcess.Start(call);
        using OtlpClient a = await ClientOfAsync(first), b = await ClientOfAsync(second);
        var accepted = new ConcurrentBag<Span>();

        // Spans of one run come to both nodes; the root comes last.
        for (int run = 1; run <= RunsBefore; run++)
            await SendRunAsync(run, [a, b], accepted);
        await Task.Run(() => heldUp.Wait(Cancel), Cancel);

        // Both workers of both nodes have a run in their hands now. The first node goes while requests are on their way to it.
        int sent = 0;
        Task killed = Task.CompletedTask;
        await Parallel.ForEachAsync(Enumerable.Range(RunsBefore + 1, RunsAround), new ParallelOptions { MaxDegreeOfParallelism = SendersAtOnce, CancellationToken = Cancel }, async (run, _) =>
        {
            await SendRunAsync(run, run % 2 == 0 ? [a, b] : [b, a], accepted);
            if (Interlocked.Increment(ref sent) == RunsAround / 3)
                killed = first.KillAsync(Cancel);
        });
        await killed;
        gate.Set();

        await using var store = new PostgresTraceStore(database);
        await second.WaitUntilAsync(async () => (await RunsAsync(store)).Count(run => run.Verdict is not null) == RunsBefore + RunsAround, Cancel);

        foreach (IGrouping<ByteString, Span> trace in accepted.GroupBy(span => span.TraceId))
        {
            UInt128 id = Number(trace.Key);
            Span[] stored = [.. (await store.FindTraceAsync(id, Cancel)).SelectMany(block => block.SpansOf(id)).SelectMany(bytes => ExportRequest.Parser.ParseFrom(bytes.Span).ResourceSpans)
                .SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans)];
            Assert.Empty(trace.Except(stored));
            Assert.Single(stored, span => span.Name == "attribute_failure");
            Assert.Single(stored, span => span.Name == "decisive_error");
        }

        Assert.Equal(RunsBefore + RunsAround, accepted.Select(span => span.TraceId).Distinct().Count());
        Assert.All(await RunsAsync(store), run => Assert.Equal(("decisive_error", "binary-search", 3), (run.Verdict, run.Method, run.Steps)));
        await second.TerminateAsync(Cancel);
        Assert.Equal(0, (await second.WaitAsync(Cancel)).ExitCode);
    }

    [Fact]
    public async Task Collect_HoldOverASharedStore_IsAWrongCall()
    {
        CliResult result = await CliProcess.RunAsync(Cancel, "collect", "--mode", "hold", "--store", "postgres://localhost/traces");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Mode is Hold", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_ServerThatIsNotThere_IsTheWorkFailing_AndAnAddressThatIsNoneAWrongCall()
    {
        CliResult absent = await CliProcess.RunAsync(Cancel, "collect", "--http-port", "0", "--grpc-port", "0", "--store", "postgres://ann:hunter2@127.0.0.1:1/traces");
        CliResult wrong = await CliProcess.RunAsync(Cancel, "collect", "--store", "postgres://ann:hunter2@db/traces?colour=red");

        Assert.Equal((1, 2), (absent.ExitCode, wrong.ExitCode));
        Assert.Contains("127.0.0.1:1/traces", absent.Error, StringComparison.Ordinal);
        Assert.Contains("colour", wrong.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", absent.Error + wrong.Error, StringComparison.Ordinal);
    }

    /// <summary>The turns, then the root; each to its node, or to the other one when that does not answer, as a sender that tries again does.</summary>
    private static async Task SendRunAsync(int run, OtlpClient[] nodes, ConcurrentBag<Span> accepted)
    {
        ExportRequest whole = TestTrace.WithIgnoredToolError((byte)run).Request, root = whole.Clone(), turns = whole.Clone();
        Span first = whole.ResourceSpans[0].ScopeSpans[0].Spans[0];
        turns.ResourceSpans[0].ScopeSpans[0].Spans.Remove(first);
        root.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
        root.ResourceSpans[0].ScopeSpans[0].Spans.Add(first);
        await SendAsync(turns, nodes[0], nodes[1], accepted);
        await SendAsync(root, nodes[1], nodes[0], accepted);
    }

    private static async Task SendAsync(ExportRequest request, OtlpClient node, OtlpClient other, ConcurrentBag<Span> accepted)
    {
        try
        {
            Assert.Equal(HttpStatusCode.OK, (await node.PostAsync(request.ToByteArray(), Cancel)).Status);
        }
        catch (HttpRequestException)
        {
            Assert.Equal(HttpStatusCode.OK, (await other.PostAsync(request.ToByteArray(), Cancel)).Status);
        }

        foreach (Span span in request.ResourceSpans[0].ScopeSpans[0].Spans)
            accepted.Add(span);
    }

    private static async Task<IReadOnlyList<StoredRun>> RunsAsync(PostgresTraceStore store) => await store.ListRunsAsync(new RunFilter { Limit = 1000 }, Cancel);

    private static UInt128 Number(ByteString traceId) =>
        UInt128.Parse(Convert.ToHexString(traceId.Span), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<OtlpClient> ClientOfAsync(CliProcess process)
    {
        string line = await process.WaitForErrorLineAsync("OTLP/HTTP on", Cancel);
        Uri[] addresses = [.. line.Split(' ', ',').Where(word => word.StartsWith("http://", StringComparison.Ordinal)).Select(word => new Uri(word))];
        return new OtlpClient(addresses[0], addresses[1]);
    }
}
