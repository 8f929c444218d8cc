using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tests.Recording;

/// <summary>A model that gives the answers it was told to, one a request, and remembers what it was asked.</summary>
internal sealed class ScriptedChatClient(params ChatResponse[] answers) : IChatClient
{
    private static readonly ActivitySource s_source = new("Test.Http");
    private int _next;

    public static string HttpSource => s_source.Name;

    public List<ChatOptions?> Options { get; } = [];

    public List<IEnumerable<ChatMessage>> Requests { get; } = [];

    /// <summary>What the client throws: instead of the answer, or in a stream after the first update.</summary>
    public Exception? Error { get; init; }

    public bool IsDisposed { get; private set; }

    public ChatClientMetadata Metadata { get; init; } = new("acme", new Uri("https://models.acme.test:8443/v1"), "default-model");

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Remember(messages, options);
        await Task.Yield();
        if (Error is not null)
            throw Error;
        return Next();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Remember(messages, options);
        ChatResponseUpdate[] updates = Next().ToChatResponseUpdates();
        foreach (ChatResponseUpdate update in updates)
        {
            // Models say why they stopped when they stop.
            if (update != updates[^1])
                update.FinishReason = null;
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            // A span of the client's own between the items shows whose child they are.
            using (s_source.StartActivity("http"))
                await Task.Yield();
            yield return update;
            if (Error is not null)
                throw Error;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? Metadata : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() => IsDisposed = true;

    private void Remember(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        Requests.Add([.. messages]);
        Options.Add(options);
    }

    private ChatResponse Next() => answers[Math.Min(_next++, answers.Length - 1)];
}
