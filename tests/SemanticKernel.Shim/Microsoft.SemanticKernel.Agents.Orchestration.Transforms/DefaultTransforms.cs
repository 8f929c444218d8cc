using System.Text.Json;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Transforms;

/// <summary>Text and messages as they are, anything else as JSON.</summary>
internal static class DefaultTransforms
{
    public static ValueTask<IEnumerable<ChatMessageContent>> FromInput<TInput>(
        TInput input, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IEnumerable<ChatMessageContent>>(input switch
        {
            IEnumerable<ChatMessageContent> messages => messages,
            ChatMessageContent message => [message],
            string text => [new ChatMessageContent(AuthorRole.User, text)],
            _ => [new ChatMessageContent(AuthorRole.User, JsonSerializer.Serialize(input))],
        });

    public static ValueTask<TOutput> ToOutput<TOutput>(IList<ChatMessageContent> result, CancellationToken cancellationToken = default)
    {
        object? output = result switch
        {
            TOutput => result,
            [var single] when single is TOutput => single,
            [var single] when typeof(TOutput) == typeof(string) => single.Content ?? "",
            [var single] => JsonSerializer.Deserialize<TOutput>(single.Content ?? ""),
            _ => null,
        };
        return output is TOutput typed
            ? ValueTask.FromResult(typed)
            : throw new InvalidOperationException($"Unable to transform output to {typeof(TOutput)}.");
    }
}
