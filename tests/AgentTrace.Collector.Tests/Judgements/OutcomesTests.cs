using System.Net;
using System.Text.Json;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Tests.Storing;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf.Collections;

namespace AgentTrace.Collector.Tests.Judgements;

public sealed class OutcomesTests : IAsyncDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly AskedAttributor _attributor = new();
    private readonly RecordedStore _store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Post_FailureOfARunThatSaidNothing_AttributesItWithTheRightAnswer()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options());
        using var api = new ApiClient(runs.Host.HttpAddress);
        TestTrace trace = Silent();
        await runs.SendAsync(trace, SpansOf(trace));
        Assert.Equal(RunOutcome.Unknown, (await runs.NextAfterAsync(Quiet)).Run.Outcome);

        (HttpStatusCode status, JsonElement answer) = await api.PostAsync("/v1/outcomes",
            new { traceId = trace.TraceIdHex.ToUpperInvariant(), outcome = "failure", expectedAnswer = "the Ritz", note = "wrong hotel" });

        Assert.Equal((HttpStatusCode.OK, "attributing"), (status, answer.GetProperty("run").GetString()));
        RunRecord judged = await runs.NextAsync();
        Assert.Equal((RunOutcome.Failure, "wrong hotel"), (judged.Run.Outcome, judged.Run.OutcomeReason));
        Assert.NotNull(judged.Attribution);
        Assert.Equal("the Ritz", Assert.Single(_attributor.Asked).ExpectedAnswer);
        (_, JsonElement run) = await api.GetAsync($"/v1/runs/{trace.TraceIdHex}");
        Assert.Equal("the Ritz", run.GetProperty("outcome").GetProperty("expectedAnswer").GetString());
        Assert.Equal("structural", run.GetProperty("attribution").GetProperty("method").GetString());
    }

    [Fact]
    public async Task Post_TheSameAgain_ChangesNothingAndCostsNoSecondVerdict()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options());
        using var api = new ApiClient(runs.Host.HttpAddress);
        TestTrace trace = Silent();
        await runs.SendAsync(trace, SpansOf(trace));
        await runs.NextAfterAsync(Quiet);
        var outcome = new { traceId = trace.TraceIdHex, outcome = "failure" };
        await api.PostAsync("/v1/outcomes", outcome);
        await runs.NextAsync();

        (HttpStatusCode status, JsonElement answer) = await api.PostAsync("/v1/outcomes", outcome);

        Assert.Equal((HttpStatusCode.OK, "recorded"), (status, answer.GetProperty("run").GetString()));
        Assert.Single(_attributor.Asked);
        Assert.False(runs.HasMore);
    }

    [Fact]
    public async Task Post_WithTheRightAnswerAfterAVerdict_AsksAgain()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options());
        using var api = new ApiClient(runs.Host.HttpAddress);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await runs.SendAsync(trace, SpansOf(trace));
        await runs.NextAfterAsync(Quiet);
        _attributor.Gate = new TaskCompletionSource().Task;

        (_, JsonElement answer) = await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure", expectedAnswer = "the Ritz" });
        (_, JsonElement again) = await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure", expectedAnswer = "the Ritz" });

        Assert.Equal("attributing", answer.GetProperty("run").GetString());
        Assert.Equal("recorded", again.GetProperty("run").GetString());
        Assert.Equal("Hotels", runs.Host.Runs.Find(trace.TraceIdHex)!.Attribution!.Agent);
    }

    [Fact]
    public async Task Post_BeforeTheRunIsComplete_IsAppliedThen()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options());
        using var api = new ApiClient(runs.Host.HttpAddress);
        TestTrace trace = Silent();
        await runs.SendAsync(trace, SpansOf(trace));

        (_, JsonElement answer) = await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure" });
        RunRecord judged = await runs.NextAfterAsync(Quiet);

        Assert.Equal("waiting", answer.GetProperty("run").GetString());
        Assert.Equal(RunOutcome.Failure, judged.Run.Outcome);
        Assert.NotNull(judged.Attribution);
    }

    [Fact]
    public async Task Post_SuccessOfARunThatWasBlamed_TakesTheBlameBack()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options());
        using var api = new ApiClient(runs.Host.HttpAddress);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await runs.SendAsync(trace, SpansOf(trace));
        Assert.NotNull((await runs.NextAfterAsync(Quiet)).Attribution);

        (_, JsonElement answer) = await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "success" });

        Assert.Equal("recorded", answer.GetProperty("run").GetString());
        RunRecord judged = await runs.NextAsync();
        Assert.Equal((RunOutcome.Success, null), (judged.Run.Outcome, judged.Attribution));
    }

    [Fact]
    public async Task Post_AfterARestart_ReadsTheRunBackFromTheStore()
    {
        TestTrace trace = Silent();
        await using (JudgedRuns before = await JudgedRuns.StartAsync(Options(_store)))
        {
            await before.SendAsync(trace, SpansOf(trace));
            await before.NextAfterAsync(Quiet);
            await before.Host.StopAsync(Cancel);
        }

        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options(_store));
        using var api = new ApiClient(runs.Host.HttpAddress);
        await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure" });

        Assert.Equal("Flights", (await runs.NextAsync()).Run.Steps[0].Agent);
        await runs.Host.StopAsync(Cancel);
        Assert.Equal("failure", Assert.Single(await _store.ListRunsAsync(new() { Service = "travel" }, Cancel)).Outcome);
        Assert.Contains(await _store.SpansOfAsync(trace.TraceIdHex, Cancel), span => span.Name == "attribute_failure");
    }

    [Fact]
    public async Task Post_RunOfWhichOnlySpansAreStored_IsReadFromThem()
    {
        TestTrace trace = Silent(1), newer = Silent(2);
        var options = new CollectorOptions
        {
            HttpPort = 0, GrpcPort = 0, Attributor = _attributor, Store = _store, Storing = new StoreOptions { AnswerWhenStored = true }, MaxLiveRuns = 1,
        };
        await using JudgedRuns runs = await JudgedRuns.StartAsync(options);
        using var api = new ApiClient(runs.Host.HttpAddress);
        // Its ending span never comes, and it must make room, for another at work, before it is judged.
        await runs.SendAsync(trace, SpansOf(trace).Skip(1));
        await runs.SendAsync(newer, SpansOf(newer).Skip(1));
        Assert.Equal(HttpStatusCode.NotFound, (await api.GetAsync($"/v1/runs/{trace.TraceIdHex}")).Status);

        (_, JsonElement answer) = await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure" });

        Assert.Equal("attributing", answer.GetProperty("run").GetString());
        RunRecord judged = await runs.NextAsync();
        Assert.Equal((trace.TraceIdHex, "travel", 2), (judged.Run.Id, judged.Service, judged.Run.Steps.Count));
        Assert.Contains("the span that ends the run never came", judged.Completeness!.Findings);
    }

    [Fact]
    public async Task Post_NoRoomAmongThoseThatWait_IsAskedToComeBackAndThenTaken()
    {
        var gate = new TaskCompletionSource();
        _attributor.Gate = gate.Task;
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions
        {
            HttpPort = 0, GrpcPort = 0, Attributor = _attributor, Attribution = new AttributionOptions { MaxQueued = 1, Concurrency = 1 },
        });
        using var api = new ApiClient(runs.Host.HttpAddress);
        TestTrace[] traces = [Silent(1), Silent(2), Silent(3)];
        foreach (TestTrace trace in traces)
            await runs.SendAsync(trace, SpansOf(trace));
        runs.Clock.Advance(Quiet);
        foreach (TestTrace _ in traces)
            await runs.NextAsync();

        HttpStatusCode last = HttpStatusCode.OK;
        foreach (TestTrace trace in traces)
            (last, _) = await api.PostAsync("/v1/outcomes", new { traceId = trace.TraceIdHex, outcome = "failure" });
        while (last != HttpStatusCode.ServiceUnavailable)
            (last, _) = await api.PostAsync("/v1/outcomes", new { traceId = traces[2].TraceIdHex, outcome = "failure", note = $"{Guid.NewGuid()}" });
        gate.SetResult();
        await runs.NextAsync();
        await runs.NextAsync();

        (HttpStatusCode status, _) = await api.PostAsync("/v1/outcomes", new { traceId = traces[2].TraceIdHex, outcome = "failure" });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(traces[2].TraceIdHex, (await runs.NextAsync()).Run.Id);
    }

    [Theory]
    [InlineData("{}", "outcome is absent; allowed: failure, success")]
    [InlineData("""{"outcome":"failure"}""", "traceId is absent; allowed: 32 hex digits")]
    [InlineData("""{"outcome":"failed","traceId":"ab"}""", "outcome is 'failed'; allowed: failure, success")]
    [InlineData("""{"outcome":"failure","traceId":"'; DROP TABLE runs; --"}""", "is no trace id")]
    [InlineData("""{"outcome":"failure","traceId":"00"}""", "'00' is no trace id")]
    [InlineData("""{"outcome":"failure","traceId":"ab","expected":"x"}""", "at $.expected (line 1); allowed: an object with traceId")]
    [InlineData("""{"outcome":["failure"]}""", "at $.outcome")]
    [InlineData("[1", "allowed: an object with")]
    [InlineData("null", "the body is null")]
    public async Task Post_BodyIsOff_Is400AndSaysWhatIsAllowed(string body, string message)
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(Options());
        using var api = new ApiClient(runs.Host.HttpAddress);

        (HttpStatusCode status, JsonElement answer) = await api.PostTextAsync("/v1/outcomes", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(message, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private CollectorOptions Options(RecordedStore? store = null) => new()
    {
        HttpPort = 0,
        GrpcPort = 0,
        Attributor = _attributor,
        Store = store,
        Storing = new StoreOptions { AnswerWhenStored = true },
    };

    /// <summary>A run that does not say how it went.</summary>
    private static TestTrace Silent(byte id = 1)
    {
        var trace = new TestTrace(id);
        Span run = trace.Add("invoke_workflow travel", null, TestTrace.Text("gen_ai.operation.name", "invoke_workflow"), TestTrace.Text("gen_ai.workflow.name", "travel"));
        trace.AddTurn(run, "Flights", 0, "Flight BA117 is booked.");
        trace.AddTurn(run, "Hotels", 1, "The Plaza is booked.");
        return trace;
    }

    private static RepeatedField<Span> SpansOf(TestTrace trace) => trace.Request.ResourceSpans[0].ScopeSpans[0].Spans;
}
