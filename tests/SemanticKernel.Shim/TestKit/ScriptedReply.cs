using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace SemanticKernel.Shim.TestKit;

/// <summary>One answer of a scripted model: text, function calls, or an exception.</summary>
public sealed record ScriptedReply
{
    private ScriptedReply()
    {
    }

    /// <summary>What the model says; streamed word by word.</summary>
    public string? Text { get; private init; }

    /// <summary>The functions it asks for.</summary>
    public IReadOnlyList<FunctionCallContent> Calls { get; private init; } = [];

    /// <summary>What is thrown instead of an answer.</summary>
    public Exception? Error { get; private init; }

    /// <summary>Tokens the answer is said to have read.</summary>
    public int InputTokens { get; init; } = 10;

    /// <summary>Tokens the answer is said to have written.</summary>
    public int OutputTokens { get; init; } = 5;

    public static implicit operator ScriptedReply(string text) => Says(text);

    /// <summary>An answer in words.</summary>
    public static ScriptedReply Says(string text) => new() { Text = text };

    /// <summary>A call of <paramref name="function"/>, whose id is <c>call_</c> and the function's name.</summary>
    public static ScriptedReply Invokes(string? plugin, string function, params (string Name, object? Value)[] arguments) => new()
    {
        Calls =
        [
            new FunctionCallContent(
                function, plugin, $"call_{function}", new KernelArguments(arguments.ToDictionary(pair => pair.Name, pair => pair.Value))),
        ],
    };

    /// <summary>Several calls in one answer.</summary>
    public static ScriptedReply Invokes(params FunctionCallContent[] calls) => new() { Calls = calls };

    /// <summary>A model that fails.</summary>
    public static ScriptedReply Throws(Exception error) => new() { Error = error };

    /// <summary>The text in the pieces it is streamed in.</summary>
    internal IEnumerable<string> Words => Text?.Split(' ').Select((word, index) => index == 0 ? word : $" {word}") ?? [];

    internal ChatMessageContent ToMessage(string model)
    {
        ChatMessageContent message = new(AuthorRole.Assistant, Text, model, metadata: Metadata());
        foreach (FunctionCallContent call in Calls)
            message.Items.Add(call);
        return message;
    }

    internal IEnumerable<StreamingChatMessageContent> ToUpdates(string model)
    {
        foreach (string word in Words)
            yield return new StreamingChatMessageContent(AuthorRole.Assistant, word, modelId: model, metadata: Metadata());
        foreach (FunctionCallContent call in Calls)
        {
            StreamingChatMessageContent update = new(AuthorRole.Assistant, null, modelId: model, metadata: Metadata());
            update.Items.Add(new StreamingFunctionCallUpdateContent(call.Id, $"{call.PluginName}-{call.FunctionName}"));
            yield return update;
        }
    }

    private Dictionary<string, object?> Metadata() => new() { ["FinishReason"] = Calls.Count > 0 ? "ToolCalls" : "Stop" };
}
