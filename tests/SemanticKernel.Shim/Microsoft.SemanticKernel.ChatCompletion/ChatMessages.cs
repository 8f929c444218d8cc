using Microsoft.Extensions.AI;
using AICall = Microsoft.Extensions.AI.FunctionCallContent;
using AIResult = Microsoft.Extensions.AI.FunctionResultContent;
using AIText = Microsoft.Extensions.AI.TextContent;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Messages from one vocabulary to the other.</summary>
internal static class ChatMessages
{
    public static List<ChatMessage> From(ChatHistory history) => [.. history.Select(From)];

    public static ChatMessageContent To(ChatMessage message, ChatResponse? response = null)
    {
        ChatMessageContent converted = new()
        {
            Role = new AuthorRole(message.Role.Value),
            AuthorName = message.AuthorName,
            ModelId = response?.ModelId,
            InnerContent = response?.RawRepresentation ?? message.RawRepresentation,
            Metadata = new Dictionary<string, object?> { ["Usage"] = response?.Usage },
        };
        foreach (AIContent content in message.Contents)
        {
            if (To(content) is { } item)
                converted.Items.Add(item);
        }

        return converted;
    }

    public static StreamingChatMessageContent To(ChatResponseUpdate update)
    {
        AuthorRole? role = update.Role is { } known ? new AuthorRole(known.Value) : null;
        StreamingChatMessageContent converted =
            new(role, null, update.RawRepresentation, modelId: update.ModelId) { AuthorName = update.AuthorName };
        foreach (AIContent content in update.Contents)
        {
            if (content is AIText text)
                converted.Items.Add(new StreamingTextContent(text.Text, modelId: update.ModelId));
            else if (content is AICall call)
                converted.Items.Add(new StreamingFunctionCallUpdateContent(call.CallId, call.Name));
            else if (content is UsageContent)
                converted.Metadata = new Dictionary<string, object?> { ["Usage"] = content };
        }

        return converted;
    }

    public static ChatMessage From(ChatMessageContent message) => new(
        new ChatRole(message.Role.Label), [.. message.Items.Select(From).OfType<AIContent>()])
    {
        AuthorName = message.AuthorName,
        RawRepresentation = message.InnerContent,
    };

    private static AIContent? From(KernelContent item) => item switch
    {
        TextContent text => new AIText(text.Text),
        FunctionCallContent call => new AICall(call.Id ?? "", Qualified(call.PluginName, call.FunctionName), call.Arguments),
        FunctionResultContent result => new AIResult(result.CallId ?? "", result.Result),
        _ => null,
    };

    private static KernelContent? To(AIContent content) => content switch
    {
        AIText text => new TextContent(text.Text),
        AICall call => To(call),
        AIResult result => new FunctionResultContent(callId: result.CallId, result: result.Result),
        _ => null,
    };

    private static FunctionCallContent To(AICall call)
    {
        string[] parts = call.Name.Split('_', 2);
        KernelArguments? arguments = call.Arguments is null ? null : new KernelArguments(call.Arguments);
        return parts.Length == 2
            ? new FunctionCallContent(parts[1], parts[0], call.CallId, arguments)
            : new FunctionCallContent(call.Name, id: call.CallId, arguments: arguments);
    }

    private static string Qualified(string? plugin, string function) => plugin is null ? function : $"{plugin}_{function}";
}
