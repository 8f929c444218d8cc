using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Demo;

/// <summary>Stands in for a model: gives its script's replies in order, with a model's usage figures and a little of its slowness.</summary>
internal sealed class ScriptedChatClient(IEnumerable<ScriptedReply> script, Random random, TimeProvider clock) : IChatClient
{
    private const string Model = "scripted-1";
    private const int CharactersPerToken = 4;

    private readonly Queue<ScriptedReply> _script = new(script);
    private int _calls;

    /// <summary>Whom the last reply handed over to.</summary>
    public string? LastHandOff { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!_script.TryDequeue(out ScriptedReply? reply))
            throw new InvalidOperationException("The script has no further reply.");
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(30, 90)), clock, cancellationToken).ConfigureAwait(false);
        LastHandOff = reply.HandOffTo;

        List<AIContent> contents = reply.Text.Length > 0 ? [new TextContent(reply.Text)] : [];
        contents.AddRange(reply.Calls.Select(call => new FunctionCallContent($"call_{++_calls}", call.Tool, new Dictionary<string, object?>(call.Arguments))));
        int input = messages.Sum(message => message.Text.Length) / CharactersPerToken;
        int output = (reply.Text.Length / CharactersPerToken) + (reply.Calls.Count * 20);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ModelId = Model,
            FinishReason = reply.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", defaultModelId: Model)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }
}
