using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>The place where <c>chat</c> spans are written once an <see cref="OpenTelemetryAgent"/> stands around the agent.</summary>
internal sealed class DeferredOpenTelemetryChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    private OpenTelemetryChatClient? _active;

    public bool EnableSensitiveData
    {
        get => _active?.EnableSensitiveData ?? false;
        set => _active?.EnableSensitiveData = value;
    }

    private IChatClient Target => (IChatClient?)_active ?? InnerClient;

    public void Activate(string sourceName) => _active ??= new OpenTelemetryChatClient(InnerClient, logger: null, sourceName);

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : Target.GetService(serviceType, serviceKey);

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Target.GetResponseAsync(messages, options, cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Target.GetStreamingResponseAsync(messages, options, cancellationToken);
}
