using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Spans;
using AgentTrace.Tools;
using Microsoft.Extensions.AI;

namespace AgentTrace.ChatClients;

/// <summary>Records each call as a chat inside a turn of the agent; see <c>WithAgentTrace</c>.</summary>
internal sealed class TracingChatClient : DelegatingChatClient
{
    public TracingChatClient(IChatClient innerClient, string agentName)
        : base(innerClient)
    {
        AgentName = agentName;
        Metadata = innerClient.GetService<ChatClientMetadata>();
        HasTracedClientInside = innerClient.GetService<TracingChatClient>() is not null;
    }

    public string AgentName { get; }

    public ChatClientMetadata? Metadata { get; }

    public bool HasTracedClientInside { get; }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return TracedSpan.HasListeners
            ? GetTracedResponseAsync(Rereadable(messages), options, cancellationToken)
            : base.GetResponseAsync(messages, options, cancellationToken);
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (!TracedSpan.HasListeners)
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);

        messages = Rereadable(messages);
        try
        {
            // Now rather than when the stream is read: what the client says about bad arguments belongs to this call.
            IAsyncEnumerable<ChatResponseUpdate> updates =
                base.GetStreamingResponseAsync(messages, TracedFunction.WrapTools(options), cancellationToken);
            return new TracedStream<ChatResponseUpdate>(updates, () => AgentCall.Start(this, messages, options));
        }
        catch (Exception exception)
        {
            AgentCall.Start(this, messages, options).Fail(exception);
            throw;
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) && serviceKey is null
            ? AgentActivitySource.Instance
            : base.GetService(serviceType, serviceKey);

    private async Task<ChatResponse> GetTracedResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options,
        CancellationToken cancellationToken)
    {
        AgentCall call = AgentCall.Start(this, messages, options);
        try
        {
            ChatResponse response =
                await base.GetResponseAsync(messages, TracedFunction.WrapTools(options), cancellationToken).ConfigureAwait(false);
            call.Complete(response);
            return response;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    // Reading a lazy sequence twice could run the app's code twice.
    private static IEnumerable<ChatMessage> Rereadable(IEnumerable<ChatMessage> messages) =>
        !ContentSettings.Current.Capture || messages is IReadOnlyCollection<ChatMessage> or ICollection<ChatMessage>
            ? messages
            : [.. messages];
}
