using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;

namespace AgentTrace.Tests.Tools;

[Collection(ProcessWide.Name)]
public sealed class ToolCallTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Start_InTurn_WritesToolSpan(bool content)
    {
        using Recorder recorder = content ? Recorder.WithContent() : Recorder.Start();

        using (AgentTurn.Start("A"))
        using (ToolCall call = ToolCall.Start("search", "c1", """{"to":"Oslo"}""", new ToolCallOptions { Description = "finds" }))
            call.SetResult("""["SK1"]""");

        Activity span = recorder["execute_tool search"];
        Assert.Equal(recorder["invoke_agent A"].SpanId, span.ParentSpanId);
        Assert.Equal(ActivityKind.Internal, span.Kind);
        Assert.Equal("execute_tool", span.GetTagItem(GenAiAttributes.OperationName));
        Assert.Equal("search", span.GetTagItem(GenAiAttributes.ToolName));
        Assert.Equal("function", span.GetTagItem(GenAiAttributes.ToolType));
        Assert.Equal("c1", span.GetTagItem(GenAiAttributes.ToolCallId));
        Assert.Equal("finds", span.GetTagItem(GenAiAttributes.ToolDescription));
        Assert.Equal(content ? """{"to":"Oslo"}""" : null, span.GetTagItem(GenAiAttributes.ToolCallArguments));
        Assert.Equal(content ? """["SK1"]""" : null, span.GetTagItem(GenAiAttributes.ToolCallResult));
    }

    [Fact]
    public void Fail_WithException_MarksOnlyTheCall()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentTurn.Start("A"))
        using (ToolCall call = ToolCall.Start("search"))
            call.Fail(new TimeoutException("slow"));

        Assert.Equal(ActivityStatusCode.Error, recorder["execute_tool search"].Status);
        Assert.Equal("System.TimeoutException", recorder["execute_tool search"].GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal(ActivityStatusCode.Unset, recorder["invoke_agent A"].Status);
    }
}
