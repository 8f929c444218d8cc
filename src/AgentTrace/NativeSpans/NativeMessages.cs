using System.Text.Json;
using AgentTrace.Content;

namespace AgentTrace.NativeSpans;

/// <summary>Messages that a framework wrote, redacted, within the budget and in the conventions' shape.</summary>
/// <remarks>
/// Semantic Kernel writes <c>{role, name, content, tool_calls}</c>; <c>{role, parts, ...}</c> passes part by part. What is no JSON array of
/// messages is held to the options as one text.
/// </remarks>
internal static class NativeMessages
{
    private const string ToolRole = "tool";

    public static CapturedContent Messages(string text, ContentSettings settings) =>
        Read(text, settings, MessageOf) is { } messages ? MessagesJson.Write(messages, settings) : CapturedContent.Plain(text, settings);

    /// <summary>System instructions: parts without a role.</summary>
    public static CapturedContent Instructions(string text, ContentSettings settings) =>
        Read(text, settings, NativePart.Of) is { } parts
            ? MessagesJson.WriteParts(parts, settings)
            : CapturedContent.Plain(text, settings);

    private static List<T>? Read<T>(string text, ContentSettings settings, Func<JsonElement, ContentSettings, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Array && root.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
                ? [.. root.EnumerateArray().Select(item => read(item, settings))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MessagesJson.Message MessageOf(JsonElement message, ContentSettings settings)
    {
        string role = NativePart.Text(message, "role") ?? "";
        List<MessagePart> parts = [.. Items(message, "parts").Select(part => NativePart.Of(part, settings))];
        if (NativePart.Text(message, "content") is { } content)
            parts.Add(role == ToolRole ? NativePart.ToolResponse(content, settings) : MessagePart.OfText(content, settings));
        List<JsonElement> calls = [.. Items(message, "tool_calls")];
        parts.AddRange(calls.Select(call => NativePart.ToolCall(call, settings)));
        string? reason = NativePart.Text(message, "finish_reason") ?? (calls.Count > 0 ? "tool_call" : null);
        return new MessagesJson.Message(role, NativePart.Text(message, "name"), reason, parts);
    }

    private static IEnumerable<JsonElement> Items(JsonElement message, string name) =>
        message.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];
}
