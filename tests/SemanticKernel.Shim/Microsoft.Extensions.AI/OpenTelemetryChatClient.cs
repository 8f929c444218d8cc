using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Writes a <c>chat</c> span a request. It restores the current span after each yield, as the kernel's own spans do not.</summary>
public sealed class OpenTelemetryChatClient : DelegatingChatClient
{
    private readonly ActivitySource _source;
    private readonly ChatClientMetadata? _metadata;

    public OpenTelemetryChatClient(IChatClient innerClient, ILogger? logger = null, string? sourceName = null) : base(innerClient)
    {
        _source = new ActivitySource(string.IsNullOrEmpty(sourceName) ? "Experimental.Microsoft.Extensions.AI" : sourceName);
        _metadata = innerClient.GetService<ChatClientMetadata>();
    }

    public bool EnableSensitiveData { get; set; }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) ? _source : base.GetService(serviceType, serviceKey);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using Activity? activity = Start(messages, options, streaming: false);
        try
        {
            ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            ChatSpan.SetResponse(activity, response, EnableSensitiveData);
            return response;
        }
        catch (Exception exception)
        {
            ChatSpan.SetError(activity, exception);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using Activity? activity = Start(messages, options, streaming: true);
        List<ChatResponseUpdate> updates = [];
        await using IAsyncEnumerator<ChatResponseUpdate> enumerator =
            base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await enumerator.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (Exception exception)
                {
                    ChatSpan.SetError(activity, exception);
                    throw;
                }

                updates.Add(enumerator.Current);
                yield return enumerator.Current;
                if (activity is not null)
                    Activity.Current = activity;
            }
        }
        finally
        {
            ChatSpan.SetResponse(activity, updates.ToChatResponse(), EnableSensitiveData);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }

    private Activity? Start(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streaming)
    {
        Activity? activity = ChatSpan.Start(
            _source, options?.ModelId ?? _metadata?.DefaultModelId, _metadata?.ProviderName, options, streaming);
        if (EnableSensitiveData)
            ChatSpan.SetInput(activity, messages, options);
        return activity;
    }
}
