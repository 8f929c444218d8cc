namespace AgentTrace.Analyzers.Tests.Testing;

/// <summary>An agent class of an app's own, <c>EchoAgent</c>, as a file beside the code under test.</summary>
internal static class EchoAgent
{
    public const string File = "EchoAgent.cs";

    public const string Source = """
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;

        internal class EchoAgent : Agent
        {
            public override IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

            public override IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

            protected override IEnumerable<string> GetChannelKeys() => [];

            protected override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

            protected override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) => throw new NotSupportedException();
        }
        """;
}
