using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Tests.Recording;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.NativeSpans;

[Collection(ProcessWide.Name)]
public sealed class NativeTurnTests
{
    [Fact]
    public void Agents_InRun_AreCountedAsTheyStart()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk", new AgentRunOptions { ConversationId = "c-1" }))
        {
            Frameworks.KernelAgent("A", () => Frameworks.KernelChat());
            Frameworks.FrameworkAgent("B", "b1", () =>
            {
                Frameworks.Chat("gpt-5", Frameworks.AgentFramework);
                Frameworks.Tool("ask_c", Frameworks.AgentFramework, _ => Frameworks.FrameworkAgent("C", "c1"));
            });
            using (AgentTurn.Start("D"))
            {
            }
        }

        Assert.Equal(
            [
                "invoke_workflow desk", "  invoke_agent A #0", "    chat gpt-5", "  invoke_agent B #1", "    chat gpt-5",
                "    execute_tool ask_c", "      invoke_agent C #2", "  invoke_agent D #3",
            ],
            SpanTree.Of(recorder.Spans));
        Assert.Equal("c-1", recorder["invoke_agent A"].GetTagItem(GenAiAttributes.ConversationId));
        Assert.Equal("b1", recorder["invoke_agent B"].GetTagItem(GenAiAttributes.AgentId));
    }

    [Fact]
    public void Agent_OutsideRun_HasNoIndex()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A");

        Assert.Equal(["invoke_agent A"], SpanTree.Of(recorder.Spans));
        Assert.Null(recorder["invoke_agent A"].GetTagItem(GenAiAttributes.ConversationId));
    }

    [Fact]
    public void Agent_HandedOverTo_PointsBack()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        {
            using (AgentTurn turn = AgentTurn.Start("A"))
                turn.HandOffTo("B");
            Frameworks.KernelAgent("B");
        }

        Activity second = recorder["invoke_agent B"];
        Assert.Equal("A", second.GetTagItem(AgentTraceAttributes.HandoffFrom));
        ActivityLink link = Assert.Single(second.Links);
        Assert.Equal(recorder["invoke_agent A"].SpanId, link.Context.SpanId);
        Assert.Contains(new(AgentTraceAttributes.LinkType, AgentTraceAttributes.ConsumedLink), link.Tags!);
    }

    [Fact]
    public void Agent_ConversationOfItsOwn_KeepsIt()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk", new AgentRunOptions { ConversationId = "c-1" }))
            Frameworks.KernelAgent("A", () => Activity.Current!.SetTag(GenAiAttributes.ConversationId, "own"));

        Assert.Equal("own", recorder["invoke_agent A"].GetTagItem(GenAiAttributes.ConversationId));
    }

    [Fact]
    public void Agent_InsideWorkflowSpansOfATurn_IsATurnOfItsOwn()
    {
        using Recorder recorder = Recorder.Start();

        using (AgentRun.Start("desk"))
        using (AgentTurn.Start("Team"))
        using (Frameworks.Workflows.StartActivity("executor.process"))
            Frameworks.FrameworkAgent("A", "a1");

        Assert.Equal(
            ["invoke_workflow desk", "  invoke_agent Team #0", "    executor.process", "      invoke_agent A #1"],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void LastChat_Failed_TheTurnFailed()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () =>
        {
            Frameworks.KernelChat();
            Frameworks.KernelChat(fails: new TimeoutException("late; password=hunter2"));
        });

        Assert.Equal(
            ["invoke_agent A !System.TimeoutException", "  chat gpt-5", "  chat gpt-5 !System.TimeoutException"],
            SpanTree.Of(recorder.Spans));
        Assert.Equal("late; password=[redacted]", recorder["invoke_agent A"].StatusDescription);
    }

    [Fact]
    public void Step_FailedAndTheTurnWentOn_TheTurnDidNotFail()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () =>
        {
            Frameworks.KernelChat(fails: new TimeoutException("late"));
            Frameworks.KernelFunction("search", new InvalidOperationException("no net"));
            Frameworks.KernelChat();
        });

        Assert.Equal(
            ["invoke_agent A", "  chat gpt-5 !System.TimeoutException", "  execute_tool search !System.InvalidOperationException", "  chat gpt-5"],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void Tool_FailedAndNothingFollowed_TheTurnFailed()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () =>
        {
            Frameworks.KernelChat();
            Frameworks.KernelFunction("search", new InvalidOperationException("no net"));
        });

        Assert.Equal(
            [
                "invoke_agent A !System.InvalidOperationException", "  chat gpt-5",
                "  execute_tool search !System.InvalidOperationException",
            ],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void Tool_FailedAndAnotherWasCalled_TheTurnDidNotFail()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () =>
        {
            Frameworks.KernelFunction("search", new InvalidOperationException("no net"));
            Frameworks.KernelFunction("hand_over");
        });

        Assert.Equal(
            ["invoke_agent A", "  execute_tool search !System.InvalidOperationException", "  execute_tool hand_over"],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void Chat_FailedInsideATool_IsTheToolsAffair()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () => Frameworks.KernelFunction("search", inside: () =>
            Frameworks.KernelChat(fails: new TimeoutException("late"))));

        Assert.Equal(
            ["invoke_agent A", "  execute_tool search", "    chat gpt-5 !System.TimeoutException"],
            SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public async Task TracedChat_FailedInside_TheTurnFailed()
    {
        using Recorder recorder = Recorder.Start();
        using var model = new ScriptedChatClient { Error = new TimeoutException("late") };
        using IChatClient client = model.WithAgentTrace("A");

        using (Frameworks.SemanticKernelDiagnostics.StartActivity("invoke_agent A")?.SetTag(GenAiAttributes.OperationName, "invoke_agent")
            .SetTag(GenAiAttributes.AgentName, "A"))
        {
            await Assert.ThrowsAsync<TimeoutException>(() =>
                client.GetResponseAsync("hi", cancellationToken: TestContext.Current.CancellationToken));
        }

        Assert.Equal(["invoke_agent A !System.TimeoutException", "  chat default-model !System.TimeoutException"], SpanTree.Of(recorder.Spans));
    }

    [Fact]
    public void Exception_ReachedTheTurn_TheTurnFailed()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () => Activity.Current!.AddException(new TimeoutException("late")));
        Frameworks.KernelAgent("B", () => Activity.Current!.SetTag(OpenTelemetryAttributes.ErrorType, "quota"));

        Assert.Equal(["invoke_agent A !System.TimeoutException", "invoke_agent B !quota"], SpanTree.Of(recorder.Spans));
        Assert.Equal("late", recorder["invoke_agent A"].StatusDescription);
    }

    [Fact]
    public void Status_SetByTheFramework_IsLeftAlone()
    {
        using Recorder recorder = Recorder.Start();

        Frameworks.KernelAgent("A", () =>
        {
            Activity.Current!.SetStatus(ActivityStatusCode.Ok);
            Frameworks.KernelChat(fails: new TimeoutException("late"));
        });
        Frameworks.FrameworkAgent("B", "b1", () => Frameworks.Chat("m", fails: new TimeoutException("late")), new InvalidOperationException("gave up"));

        Assert.Equal(ActivityStatusCode.Ok, recorder["invoke_agent A"].Status);
        Assert.Equal("System.InvalidOperationException", recorder["invoke_agent B"].GetTagItem(OpenTelemetryAttributes.ErrorType));
        Assert.Equal("gave up", recorder["invoke_agent B"].StatusDescription);
    }
}
