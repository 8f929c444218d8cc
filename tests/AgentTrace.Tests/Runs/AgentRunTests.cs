using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;

namespace AgentTrace.Tests.Runs;

[Collection(ProcessWide.Name)]
public sealed class AgentRunTests
{
    private const string Outcome = AgentTraceAttributes.RunOutcome;
    private const string Reason = AgentTraceAttributes.RunOutcomeReason;

    [Fact]
    public void Start_Named_WritesWorkflowSpan()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("travel-desk", new AgentRunOptions { ConversationId = "c-7", Input = "book a flight" }))
        {
        }

        Activity span = recorder["invoke_workflow travel-desk"];
        Assert.Equal(ActivityKind.Internal, span.Kind);
        Assert.Equal("invoke_workflow", span.GetTagItem(GenAiAttributes.OperationName));
        Assert.Equal("travel-desk", span.GetTagItem(GenAiAttributes.WorkflowName));
        Assert.Equal("c-7", span.GetTagItem(GenAiAttributes.ConversationId));
        Assert.Null(span.GetTagItem(GenAiAttributes.InputMessages));
        Assert.Equal(ActivitySources.AgentTrace, span.Source.Name);
        Assert.False(string.IsNullOrEmpty(span.Source.Version));
        Assert.StartsWith("https://opentelemetry.io/schemas/", span.Source.TelemetrySchemaUrl, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_NoOutcome_WritesNone()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
        }

        Assert.Null(recorder["invoke_workflow desk"].GetTagItem(Outcome));
        Assert.Equal(ActivityStatusCode.Unset, recorder["invoke_workflow desk"].Status);
    }

    [Fact]
    public void Succeed_WithAnswer_WritesOutcomeAndOutput()
    {
        using Recorder recorder = Recorder.WithContent();

        using (AgentRun run = AgentRun.Start("desk", new AgentRunOptions { Input = "how many?" }))
            run.Succeed("42");

        Activity span = recorder["invoke_workflow desk"];
        Assert.Equal("success", span.GetTagItem(Outcome));
        Assert.Equal("""[{"role":"user","parts":[{"type":"text","content":"how many?"}]}]""", span.GetTagItem(GenAiAttributes.InputMessages));
        Assert.Equal(
            """[{"role":"assistant","parts":[{"type":"text","content":"42"}],"finish_reason":"stop"}]""",
            span.GetTagItem(GenAiAttributes.OutputMessages));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fail_WithReason_MarksRunAsError(bool content)
    {
        using Recorder recorder = content ? Recorder.WithContent() : Recorder.Start();

        using (AgentRun run = AgentRun.Start("desk"))
            run.Fail("wrong city", expectedAnswer: "Oslo");

        Activity span = recorder["invoke_workflow desk"];
        Assert.Equal("failure", span.GetTagItem(Outcome));
        Assert.Equal("wrong city", span.GetTagItem(Reason));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("wrong city", span.StatusDescription);
        Assert.Equal("run_failed", span.GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal(content ? "Oslo" : null, span.GetTagItem(AgentTraceAttributes.RunExpectedAnswer));
    }

    [Fact]
    public void Fail_WithException_RecordsItAsEvent()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun run = AgentRun.Start("desk"))
            run.Fail(new TimeoutException("too slow"));

        Activity span = recorder["invoke_workflow desk"];
        Assert.Equal("System.TimeoutException", span.GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal("too slow", span.GetTagItem(Reason));
        Assert.Equal("exception", Assert.Single(span.Events).Name);
    }

    [Fact]
    public void Succeed_AfterFail_TakesFailureBack()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun run = AgentRun.Start("desk"))
        {
            run.Fail("first try");
            run.Succeed();
        }

        Activity span = recorder["invoke_workflow desk"];
        Assert.Equal("success", span.GetTagItem(Outcome));
        Assert.Null(span.GetTagItem(Reason));
        Assert.Null(span.GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public void Fail_Twice_LastReasonHolds()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun run = AgentRun.Start("desk"))
        {
            run.Succeed();
            run.Fail("first");
            run.Fail("second");
        }

        Assert.Equal("failure", recorder["invoke_workflow desk"].GetTagItem(Outcome));
        Assert.Equal("second", recorder["invoke_workflow desk"].GetTagItem(Reason));
        Assert.Equal("second", recorder["invoke_workflow desk"].StatusDescription);
    }

    [Fact]
    public void End_RecordedTimes_SpansHaveThem()
    {
        using Recorder recorder = Recorder.Start();
        var start = new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2));

        AgentRun run = AgentRun.Start("log", new AgentRunOptions { StartTime = start });
        AgentTurn turn = AgentTurn.Start("Flights", new AgentTurnOptions { StartTime = start.AddSeconds(1) });
        ToolCall call = ToolCall.Start("search", options: new ToolCallOptions { StartTime = start.AddSeconds(2) });
        call.End(start.AddSeconds(3));
        turn.End(start.AddSeconds(4));
        run.End(start.AddSeconds(5));

        Assert.Equal(start.UtcDateTime, recorder["invoke_workflow log"].StartTimeUtc);
        Assert.Equal(TimeSpan.FromSeconds(5), recorder["invoke_workflow log"].Duration);
        Assert.Equal(start.AddSeconds(1).UtcDateTime, recorder["invoke_agent Flights"].StartTimeUtc);
        Assert.Equal(TimeSpan.FromSeconds(3), recorder["invoke_agent Flights"].Duration);
        Assert.Equal(start.AddSeconds(2).UtcDateTime, recorder["execute_tool search"].StartTimeUtc);
        Assert.Equal(TimeSpan.FromSeconds(1), recorder["execute_tool search"].Duration);
        Assert.Equal(recorder["invoke_agent Flights"].SpanId, recorder["execute_tool search"].ParentSpanId);
    }

    [Fact]
    public void Members_AfterDispose_ChangeNothing()
    {
        using Recorder recorder = Recorder.WithContent();
        AgentRun run = AgentRun.Start("desk");
        run.Succeed();
        run.Dispose();

        run.Fail("too late");
        run.SetInput("too late");
        run.SetOutput("too late");
        run.End(DateTimeOffset.UnixEpoch);
        run.Dispose();

        Activity span = recorder["invoke_workflow desk"];
        Assert.Equal("success", span.GetTagItem(Outcome));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Null(span.GetTagItem(GenAiAttributes.InputMessages));
        Assert.True(span.Duration < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Current_NestedRuns_IsTheNearest()
    {
        using Recorder recorder = Recorder.Start();

        Assert.Null(AgentRun.Current);
        using AgentRun outer = AgentRun.Start("outer");
        using (AgentRun inner = AgentRun.Start("inner"))
        using (AgentTurn.Start("A"))
            Assert.Same(inner, AgentRun.Current);
        Assert.Same(outer, AgentRun.Current);
    }

    [Fact]
    public void Start_NotSampled_RecordsNothingAndWorks()
    {
        using Recorder recorder = Recorder.Wired(static builder => OpenTelemetry.Trace.TracerProviderBuilderExtensions.SetSampler(
            OpenTelemetry.Trace.AgentTraceTracerProviderBuilderExtensions.AddAgentTraceInstrumentation(builder),
            new OpenTelemetry.Trace.AlwaysOffSampler()));

        using (AgentRun run = AgentRun.Start("desk"))
        using (AgentTurn turn = AgentTurn.Start("A"))
        {
            turn.HandOffTo("B");
            turn.Fail("no");
            run.Fail("no");
        }

        Assert.Empty(recorder.Spans);
    }
}
