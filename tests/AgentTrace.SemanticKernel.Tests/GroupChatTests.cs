using AgentTrace.SpanKit;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.Agents.Chat;

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
    public async Task AgentThrows_RunAndTurnAreErrors()
    {
        using var spans = new RecordedSpans();
        var chat = new AgentGroupChat(Agents.Scripted("Writer", "draft"), Agents.Scripted("Critic", global::SemanticKernel.Shim.TestKit.ScriptedReply.Throws(new InvalidOperationException("no"))))
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
}
