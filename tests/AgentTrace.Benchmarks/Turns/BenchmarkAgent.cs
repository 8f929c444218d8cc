using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.ChatCompletion;

namespace AgentTrace.Benchmarks.Turns;

/// <summary>An agent that answers at once, so that what is measured is the tracing.</summary>
internal sealed class BenchmarkAgent : Agent
{
    private readonly ChatMessageContent _answer = new(AuthorRole.Assistant, "done") { AuthorName = "Bench" };
    private readonly ChatHistoryAgentThread _thread = new();

    public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return new AgentResponseItem<ChatMessageContent>(_answer, _thread);
    }

    public override IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    protected override IEnumerable<string> GetChannelKeys() => [];

    protected override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) => throw new NotSupportedException();
}
