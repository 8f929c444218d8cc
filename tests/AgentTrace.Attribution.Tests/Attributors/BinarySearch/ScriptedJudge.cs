using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Tests.Attributors.BinarySearch;

/// <summary>A chat client that answers by a function of the segment our prompt asks about, and remembers what it was asked.</summary>
internal sealed partial class ScriptedJudge(Func<int, int, string> answer) : IChatClient
{
    public List<(int Start, int End)> Asked { get; } = [];

    public List<string> Prompts { get; } = [];

    public ChatOptions? LastOptions { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        LastOptions = options;
        string prompt = string.Join("\n", messages.Select(message => message.Text));
        Prompts.Add(prompt);
        // The question stands at the prompt's end; the log before it may say anything.
        Match halves = Halves().Matches(prompt)[^1];
        int Number(int group) => int.Parse(halves.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        Assert.Equal(Number(2) + 1, Number(3));
        Assert.Equal(Number(1) + ((Number(4) - Number(1)) / 2), Number(2));
        Asked.Add((Number(1), Number(4)));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(Number(1), Number(4))))
        {
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 3 },
        });
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Attributors read whole answers.");

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    [GeneratedRegex(@"upper half is steps (\d+) to (\d+)\. The lower half is steps (\d+) to (\d+)\.")]
    private static partial Regex Halves();
}
