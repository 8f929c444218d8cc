using System.Text.Json;

namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>Reads <c>gen_ai.input.messages</c> and <c>gen_ai.output.messages</c> in the shapes producers write.</summary>
/// <remarks>
/// The conventions' shape is an array of <c>{role, parts: [{type, content}]}</c>, with parts of type <c>tool_call</c> and <c>tool_call_response</c>.
/// Semantic Kernel writes <c>{role, name, content, tool_calls}</c>. A single object stands for an array of one. What is neither, or no
/// JSON at all (cut off by a size limit, say), is one message of plain text: content comes from outside and must never stop a reader.
/// </remarks>
internal static class MessageReader
{
    public static IReadOnlyList<SpanMessage> Read(object? attribute)
    {
        if (AttributeJson.Text(attribute) is not { } text || string.IsNullOrWhiteSpace(text))
            return [];
        using JsonDocument? document = AttributeJson.TryParse(text);
        if (document is null)
            return [SpanMessage.Plain(text)];
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Array => [.. document.RootElement.EnumerateArray().Select(ReadMessage)],
            JsonValueKind.Object => [ReadMessage(document.RootElement)],
            JsonValueKind.String => [SpanMessage.Plain(JsonText.Of(document.RootElement))],
            _ => [SpanMessage.Plain(text)],
        };
    }

    private static SpanMessage ReadMessage(JsonElement message)
    {
        if (message.ValueKind != JsonValueKind.Object)
            return SpanMessage.Plain(JsonText.Of(message));

        // A transport may wrap each message: {index, message: {...}, finish_reason}.
        if (JsonText.TryFind(message, "message", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object)
            message = inner;
        string? role = JsonText.Property(message, "role")?.Trim().ToLowerInvariant();
        MessageContent content = new();
        bool isTool = role == SpanMessage.ToolRole;
        if (JsonText.TryFind(message, "parts", out JsonElement parts))
            content.AddParts(parts);
        if (JsonText.TryFind(message, "content", out JsonElement body))
        {
            if (isTool)
                content.Responses.Add(new MessageToolResponse(JsonText.Property(message, "tool_call_id"), JsonText.Of(body)));
            else
                content.AddParts(body);
        }

        if (JsonText.TryFind(message, "tool_calls", out JsonElement calls) && calls.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement call in calls.EnumerateArray())
                content.AddCall(call);
        }

        return new SpanMessage(role, content.Text, content.Calls, content.Responses);
    }
}
