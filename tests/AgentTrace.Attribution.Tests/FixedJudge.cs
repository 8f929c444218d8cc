using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Tests;

/// <summary>A chat client that answers by a function of the prompt, and remembers the prompts.</summary>
internal sealed class FixedJudge(Func<string, string> answer, long? tokens = null) : IChatClient
{
    public FixedJudge(string answer) : this(_ => answer)
    {
    }

    public List<string> Prompts { get; } = [];

    public List<string> Instructions { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatMessage[] all = [.. messages];
        Instructions.Add(all[0].Text);
        Prompts.Add(all[^1].Text);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(all[^1].Text)))
        {
            Usage = tokens is null ? null : new UsageDetails { InputTokenCount = tokens, OutputTokenCount = tokens },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Attributors read whole answers.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
