using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;
using OpenTelemetry.Trace;

namespace AgentTrace.Tests.Turns;

[Collection(ProcessWide.Name)]
public sealed class AgentTurnTests
{
    private const string Index = AgentTraceAttributes.TurnIndex;

    [Fact]
    public void Start_NamesAlike_EachSpanHasItsOwn()
    {
        using Recorder recorder = Recorder.Start();

        foreach (string name in (string[])["Axe", "Ace", "Axe", "Ace"])
            AgentTurn.Start(name).Dispose();
        ToolCall.Start("Axe").Dispose();

        Assert.Equal(
            ["invoke_agent Axe", "invoke_agent Ace", "invoke_agent Axe", "invoke_agent Ace", "execute_tool Axe"],
            recorder.Spans.Select(span => span.DisplayName));
    }

    [Fact]
    public void Start_InRun_IsChildWithIndexAndConversation()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk", new AgentRunOptions { ConversationId = "c-1" }))
        {
            using (AgentTurn.Start("A", new AgentTurnOptions { AgentId = "a1", Description = "plans" }))
            {
            }

            using (AgentTurn.Start("B", new AgentTurnOptions { ConversationId = "own", Kind = ActivityKind.Client }))
            {
            }
        }

        Activity first = recorder["invoke_agent A"];
        Assert.Equal(recorder["invoke_workflow desk"].SpanId, first.ParentSpanId);
        Assert.Equal(ActivityKind.Internal, first.Kind);
        Assert.Equal("A", first.GetTagItem(GenAiAttributes.AgentName));
        Assert.Equal("a1", first.GetTagItem(GenAiAttributes.AgentId));
        Assert.Equal("plans", first.GetTagItem(GenAiAttributes.AgentDescription));
        Assert.Equal("c-1", first.GetTagItem(GenAiAttributes.ConversationId));
        Assert.Equal(0, first.GetTagItem(Index));
        Activity second = recorder["invoke_agent B"];
        Assert.Equal(ActivityKind.Client, second.Kind);
        Assert.Equal("own", second.GetTagItem(GenAiAttributes.ConversationId));
        Assert.Equal(1, second.GetTagItem(Index));
    }

    [Fact]
    public void Start_OutsideRun_HasNoIndex()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("A"))
        {
        }

        Assert.Null(recorder["invoke_agent A"].GetTagItem(Index));
    }

    [Fact]
    public void Start_BlankName_LeavesSpanUnnamed()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start(" "))
        {
        }

        Assert.Null(recorder["invoke_agent"].GetTagItem(GenAiAttributes.AgentName));
    }

    [Fact]
    public void Start_Sampler_SeesOperationAndAgent()
    {
        var sampler = new SeeingSampler();
        using Recorder recorder = Recorder.Wired(builder => builder.AddAgentTraceInstrumentation().SetSampler(sampler));

        using (AgentTurn.Start("A"))
        {
        }

        Assert.Contains(new(GenAiAttributes.OperationName, "invoke_agent"), sampler.Seen);
        Assert.Contains(new(GenAiAttributes.AgentName, "A"), sampler.Seen);
    }

    [Fact]
    public async Task Start_FromManyThreads_GivesEachIndexOnce()
    {
        const int threads = 4;
        const int turns = 50_000;
        // No exporter: its lock would let the threads in one at a time, and an unsafe counter pass.
        using Recorder recorder = Recorder.Wired(static builder => builder.AddAgentTraceInstrumentation().AddProcessor(new Dropping()));
        int[][] indexes = [.. Enumerable.Range(0, threads).Select(_ => new int[turns])];

        using (AgentRun run = AgentRun.Start("desk"))
        {
            using var together = new Barrier(threads);
            await Task.WhenAll(indexes.Select(mine => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    for (int i = 0; i < turns; i++)
                    {
                        using AgentTurn turn = AgentTurn.Start("A");
                        mine[i] = (int)turn.Activity!.GetTagItem(Index)!;
                    }
                },
                TestContext.Current.CancellationToken,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
        }

        Assert.Equal(Enumerable.Range(0, threads * turns), indexes.SelectMany(mine => mine).Order());
    }

    [Fact]
    public void Dispose_RunBeforeTurn_NeverLeavesStoppedSpanCurrent()
    {
        using Recorder recorder = Recorder.Start();
        AgentRun run = AgentRun.Start("desk");
        AgentTurn turn = AgentTurn.Start("A");

        run.Dispose();
        Assert.Same(turn.Activity, Activity.Current);
        turn.Dispose();

        Assert.Null(Activity.Current);
        Assert.Equal(2, recorder.Spans.Count);
    }

    [Fact]
    public void Dispose_OuterOfThreeFirst_InnerOnesStillNest()
    {
        using Recorder recorder = Recorder.Start();
        using AgentRun run = AgentRun.Start("desk");
        AgentTurn turn = AgentTurn.Start("A");
        ToolCall call = ToolCall.Start("t");

        turn.Dispose();
        Assert.Same(call.Activity, Activity.Current);
        call.Dispose();

        Assert.Same(run.Activity, Activity.Current);
    }

    [Fact]
    public void Dispose_ContentAndUsage_WritesUsageBeforeContent()
    {
        using Recorder recorder = Recorder.WithContent();

        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.SetInput([new ChatMessage(ChatRole.User, "hi")]);
            turn.SetOutput("ho");
            turn.AddUsage(3, 4);
            turn.AddUsage(10, 20);
        }

        Activity span = recorder["invoke_agent A"];
        Assert.Equal(13L, span.GetTagItem(GenAiAttributes.UsageInputTokens));
        Assert.Equal(24L, span.GetTagItem(GenAiAttributes.UsageOutputTokens));
        Assert.Equal(
            [GenAiAttributes.UsageInputTokens, GenAiAttributes.UsageOutputTokens, GenAiAttributes.InputMessages, GenAiAttributes.OutputMessages],
            span.TagObjects.Select(tag => tag.Key).TakeLast(4));
    }

    [Fact]
    public void SetInput_ContentOff_DoesNotReadMessages()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetInput(Enumerable.Range(0, 1).Select<int, ChatMessage>(_ => throw new InvalidOperationException("read")));

        Assert.Null(recorder["invoke_agent A"].GetTagItem(GenAiAttributes.InputMessages));
    }

    [Fact]
    public void Fail_WithException_WritesErrorAndEvent()
    {
        using Recorder recorder = Recorder.Start();
        var exception = new InvalidOperationException("no seats; password=hunter2");

        using (AgentRun.Start("desk"))
        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.Fail(exception);
            turn.Fail(exception);
        }

        Activity span = recorder["invoke_agent A"];
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("no seats; password=[redacted]", span.StatusDescription);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem(OpenTelemetryAttributes.ErrorType));
        ActivityEvent recorded = Assert.Single(span.Events);
        Assert.Contains(new(OpenTelemetryAttributes.ExceptionType, "System.InvalidOperationException"), recorded.Tags);
        Assert.Contains(new(OpenTelemetryAttributes.ExceptionMessage, "no seats; password=[redacted]"), recorded.Tags);
        Assert.DoesNotContain("hunter2", (string)recorded.Tags.Single(tag => tag.Key == OpenTelemetryAttributes.ExceptionStackTrace).Value!, StringComparison.Ordinal);
        Assert.Equal(ActivityStatusCode.Unset, recorder["invoke_workflow desk"].Status);
    }

    [Fact]
    public void Fail_WithMessage_WritesErrorType()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.Fail("gave up");
            turn.Fail("too slow", "timeout");
        }

        Assert.Equal("timeout", recorder["invoke_agent A"].GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal("too slow", recorder["invoke_agent A"].StatusDescription);
    }

    [Fact]
    public void Abandon_Turn_IsMarked()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.Abandon();

        Assert.Equal("abandoned", recorder["invoke_agent A"].GetTagItem(AgentTraceAttributes.TurnOutcome));
    }

    [Fact]
    public void Current_InsideTool_IsTheTurn()
    {
        using Recorder recorder = Recorder.Start();

        Assert.Null(AgentTurn.Current);
        using AgentTurn turn = AgentTurn.Start("A");
        using ToolCall call = ToolCall.Start("t");

        Assert.Same(turn, AgentTurn.Current);
    }

    [Fact]
    public void Members_NullArguments_NeverThrow()
    {
        using Recorder recorder = Recorder.WithContent();

        using (AgentTurn turn = AgentTurn.Start(null!))
        using (ToolCall call = ToolCall.Start(null!))
        using (AgentRun run = AgentRun.Start(null!))
        {
            turn.SetInput((string)null!);
            turn.SetOutput((IEnumerable<ChatMessage>)null!);
            turn.Fail((Exception)null!);
            turn.Fail((string)null!);
            turn.HandOffTo(null!);
            call.SetResult(null!);
            call.Fail((string)null!, null!);
            run.Fail((string)null!);
            run.Fail((Exception)null!);
        }

        Assert.Equal(3, recorder.Spans.Count);
    }

    [Fact]
    public void Dispose_ProcessorThrows_AppGoesOn()
    {
        using Recorder recorder = Recorder.Wired(builder => builder.AddAgentTraceInstrumentation().AddProcessor(new ThrowingProcessor()));

        using (AgentTurn turn = AgentTurn.Start("A"))
            turn.SetOutput("fine");

        Assert.Null(Activity.Current);
    }

    private sealed class SeeingSampler : Sampler
    {
        public IReadOnlyList<KeyValuePair<string, object?>> Seen { get; private set; } = [];

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
        {
            Seen = [.. samplingParameters.Tags ?? []];
            return new SamplingResult(SamplingDecision.RecordAndSample);
        }
    }

    private sealed class Dropping : OpenTelemetry.BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }

    private sealed class ThrowingProcessor : OpenTelemetry.BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => throw new InvalidOperationException("broken processor");
    }
}
