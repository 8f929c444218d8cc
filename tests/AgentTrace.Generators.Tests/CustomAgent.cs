namespace AgentTrace.Generators.Tests;

/// <summary>Source that every test app needs: a custom agent, which Semantic Kernel itself does not trace at all.</summary>
internal static class CustomAgent
{
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        using Microsoft.SemanticKernel.ChatCompletion;

        internal class EchoAgent : Agent
        {
            public Exception Error { get; set; }

            public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                AgentThread thread = null, AgentInvokeOptions options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                if (Error != null) throw Error;
                foreach (ChatMessageContent message in messages)
                    yield return new AgentResponseItem<ChatMessageContent>(new ChatMessageContent(AuthorRole.Assistant, "echo " + message.Content) { AuthorName = Name }, thread ?? new ChatHistoryAgentThread());
            }

            public override async IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(ICollection<ChatMessageContent> messages,
                AgentThread thread = null, AgentInvokeOptions options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                foreach (string piece in new[] { "ec", "ho" })
                {
                    await Task.Yield();
                    yield return new AgentResponseItem<StreamingChatMessageContent>(new StreamingChatMessageContent(AuthorRole.Assistant, piece) { AuthorName = Name }, thread ?? new ChatHistoryAgentThread());
                }
            }

            protected override IEnumerable<string> GetChannelKeys() { yield return "echo"; }
            protected override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
            protected override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) => throw new NotSupportedException();
        }


        """;

    /// <summary>An app whose <c>App.RunAsync</c> has this body.</summary>
    public static string App(string body, string members = "") => $$"""
        {{Source}}
        public static class App
        {
            public static async Task RunAsync()
            {
                var agent = new EchoAgent { Name = "Echo" };
        {{body}}
            }

            {{members}}
        }
        """;
}
