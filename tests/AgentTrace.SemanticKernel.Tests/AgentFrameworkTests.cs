using System.Diagnostics;
using AgentTrace.SpanKit;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace AgentTrace.SemanticKernel.Tests;

public sealed class AgentFrameworkTests
{
    [Fact]
    public async Task RunAsync_IsOneTurnWithTokensAndContentOnRequest()
    {
        using var spans = new RecordedSpans(content: true);

        AgentResponse response = await Agent("Visa").RunAsync("do I need a visa?");

        Assert.Equal("no visa needed", response.Text);
        Assert.Equal("invoke_workflow Visa\n  invoke_agent Visa", spans.Tree);
        Activity turn = Assert.Single(spans.Turns);
        Assert.Equal((10L, 5L), (turn.GetTagItem("gen_ai.usage.input_tokens"), turn.GetTagItem("gen_ai.usage.output_tokens")));
        Assert.Contains("do I need a visa?", (string)turn.GetTagItem("gen_ai.input.messages")!, StringComparison.Ordinal);
        Assert.Contains("no visa needed", (string)turn.GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunStreamingAsync_TwoTurnsOnOneSession_AreOneTrace()
    {
        using var spans = new RecordedSpans();
        AIAgent agent = Agent("Visa");
        AgentSession session = await agent.CreateSessionAsync();

        await foreach (AgentResponseUpdate _ in agent.RunStreamingAsync("one", session)) { }
        await foreach (AgentResponseUpdate _ in agent.RunStreamingAsync("two", session)) { }

        Assert.Equal("invoke_workflow Visa\n  invoke_agent Visa\n  invoke_agent Visa", spans.Tree);
    }

    [Fact]
    public async Task RunAsync_AgentHasItsOwnTelemetry_IsStillOneTurn()
    {
        using var spans = new RecordedSpans();

        await Agent("Visa").AsBuilder().UseOpenTelemetry().Build().RunAsync("one");

        Assert.Equal(1, spans.Traces);
        Assert.Equal("invoke_agent Visa", Assert.Single(spans.Turns).DisplayName);
    }

    [Fact]
    public async Task RunAsync_AgentThrows_TurnIsAnError()
    {
        using var spans = new RecordedSpans();

        await Assert.ThrowsAsync<HttpRequestException>(() => new ChatClientAgent(new ScriptedClient(new HttpRequestException("503")), name: "Visa").RunAsync("one"));

        Assert.Equal("invoke_workflow Visa !\n  invoke_agent Visa !", spans.Tree);
    }

    [Fact]
    public async Task Workflow_AgentsWithTheirTelemetry_AreOneTrace()
    {
        using var spans = new RecordedSpans();
        Workflow workflow = AgentWorkflowBuilder.BuildSequential(
            Agent("First").AsBuilder().UseOpenTelemetry().Build(), Agent("Second").AsBuilder().UseOpenTelemetry().Build());

        await InProcessExecution.RunAsync(workflow, new List<ChatMessage> { new(ChatRole.User, "go") });

        Assert.Equal(1, spans.Traces);
        Assert.Equal("""
            invoke_workflow workflow
              invoke_agent First
                chat
              invoke_agent Second
                chat
            """, spans.Tree);
    }

    private static ChatClientAgent Agent(string name) => new(new ScriptedClient(null), name: name, description: name);

    private sealed class ScriptedClient(Exception? error) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            error is not null
                ? Task.FromException<ChatResponse>(error)
                : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "no visa needed"))
                {
                    Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 },
                });

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (ChatResponseUpdate update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose()
        {
        }
    }
}
