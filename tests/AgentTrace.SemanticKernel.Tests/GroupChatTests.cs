using AgentTrace.SpanKit;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.Agents.Chat;
using SemanticKernel.Shim.TestKit;

namespace AgentTrace.SemanticKernel.Tests;

public sealed class GroupChatTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FourTurns_AreOneRunInOrder(bool streaming)
    {
        using var spans = new RecordedSpans(content: true);
        var chat = new AgentGroupChat(Agents.Scripted("Writer", "draft", "second draft"), Agents.Scripted("Critic", "too long", "fine"))
        {
            ExecutionSettings = new AgentGroupChatSettings { TerminationStrategy = { MaximumIterations = 4 } },
        };
        chat.AddChatMessage(new ChatMessageContent(Microsoft.SemanticKernel.ChatCompletion.AuthorRole.User, "write"));

        if (streaming)
            await foreach (StreamingChatMessageContent _ in chat.InvokeStreamingAsync(TestContext.Current.CancellationToken)) { }
        else
            await foreach (ChatMessageContent _ in chat.InvokeAsync(TestContext.Current.CancellationToken)) { }

        Assert.Equal("""
            invoke_workflow AgentGroupChat
              invoke_agent Writer
                chat scripted-model
              invoke_agent Critic
                chat scripted-model
              invoke_agent Writer
                chat scripted-model
              invoke_agent Critic
                chat scripted-model
            """, spans.Tree);
        Assert.Equal([0, 1, 2, 3], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
        Assert.Contains("too long", (string)spans.Turns[1].GetTagItem("gen_ai.output.messages")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelChoosesWhoSpeaks_ItsStepsAreNobodysTurnAndNoOrphans()
    {
        using var spans = new RecordedSpans();
        var chooser = new ScriptedChatCompletion("Writer", "Critic") { WritesChatSpans = true };
        var judge = new ScriptedChatCompletion("no", "no") { WritesChatSpans = true };
        var chat = new AgentGroupChat(Agents.Scripted("Writer", "draft"), Agents.Scripted("Critic", "too long"))
        {
            ExecutionSettings = new AgentGroupChatSettings
            {
                SelectionStrategy = new ModelSelection(Agents.Over("chooser", chooser).Kernel),
                TerminationStrategy = new ModelTermination(Agents.Over("judge", judge).Kernel) { MaximumIterations = 2 },
            },
        };

        await foreach (ChatMessageContent _ in chat.InvokeAsync(TestContext.Current.CancellationToken)) { }

        Assert.Equal("""
            invoke_workflow AgentGroupChat
              between_turns
                execute_tool choose
                  chat scripted-model
              invoke_agent Writer
                chat scripted-model
              between_turns
                execute_tool enough
                  chat scripted-model
                execute_tool choose
                  chat scripted-model
              invoke_agent Critic
                chat scripted-model
              between_turns
                execute_tool enough
                  chat scripted-model
            """, spans.Tree);
        Assert.Equal([0, 1], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
    }

    [Fact]
    public async Task OneAgentAtATime_CallsOnOneChat_AreOneTraceInOrder()
    {
        using var spans = new RecordedSpans();
        ChatCompletionAgent writer = Agents.Over("Writer",
            new ScriptedChatCompletion(ScriptedReply.Invokes("hotels", "book", ("city", "Lisbon")), "draft"), Agents.Hotels(city => city)), critic = Agents.Scripted("Critic", "fine");
        var chat = new AgentGroupChat();

        await foreach (ChatMessageContent _ in chat.InvokeAsync(writer, TestContext.Current.CancellationToken)) { }
        await foreach (ChatMessageContent _ in chat.InvokeAsync(critic, TestContext.Current.CancellationToken)) { }
        await foreach (ChatMessageContent _ in new AgentGroupChat(Agents.Scripted("Other", "x")).InvokeAsync(TestContext.Current.CancellationToken)) { }

        Assert.Equal("""
            invoke_workflow AgentGroupChat
              invoke_agent Writer
                execute_tool book
              invoke_workflow AgentGroupChat
                invoke_agent Critic
                  chat scripted-model
            invoke_workflow AgentGroupChat
              invoke_agent Other
                chat scripted-model
            """, spans.Tree);
        Assert.Equal([0, 1, 0], spans.Turns.Select(turn => turn.GetTagItem("agenttrace.turn.index")));
    }

    [Fact]
    public async Task AgentThrows_RunAndTurnAreErrors()
    {
        using var spans = new RecordedSpans();
        var chat = new AgentGroupChat(Agents.Scripted("Writer", "draft"), Agents.Scripted("Critic", ScriptedReply.Throws(new InvalidOperationException("no"))))
        {
            ExecutionSettings = new AgentGroupChatSettings { TerminationStrategy = { MaximumIterations = 4 } },
        };

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (ChatMessageContent _ in chat.InvokeAsync(TestContext.Current.CancellationToken)) { }
        });

        Assert.Equal("""
            invoke_workflow AgentGroupChat !
              invoke_agent Writer
                chat scripted-model
              invoke_agent Critic !
                chat scripted-model !
            """, spans.Tree);
    }

    private sealed class ModelSelection(Kernel kernel) : SelectionStrategy
    {
        private readonly KernelFunction _choose = KernelFunctionFactory.CreateFromPrompt("Who is next?", functionName: "choose");

        protected override async Task<Agent> SelectAgentAsync(
            IReadOnlyList<Agent> agents, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken = default)
        {
            string name = (await _choose.InvokeAsync(kernel, cancellationToken: cancellationToken)).ToString();
            return agents.First(agent => agent.Name == name);
        }
    }

    private sealed class ModelTermination(Kernel kernel) : TerminationStrategy
    {
        private readonly KernelFunction _enough = KernelFunctionFactory.CreateFromPrompt("Is it enough?", functionName: "enough");

        protected override async Task<bool> ShouldAgentTerminateAsync(
            Agent agent, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken) =>
            (await _enough.InvokeAsync(kernel, cancellationToken: cancellationToken)).ToString() == "yes";
    }
}
