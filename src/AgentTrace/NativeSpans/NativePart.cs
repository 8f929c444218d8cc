using System.Text.Json;
using AgentTrace.Content;

namespace AgentTrace.NativeSpans;

/// <summary>Reads parts of messages that a framework wrote as JSON.</summary>
internal static class NativePart
{
    // The members that hold content, by part type; all others of a part are short words about it.
    private static readonly string[] s_textNames = ["content", "arguments", "response", "result", "uri"];

    /// <summary>A part of the conventions' shape. Bytes stay out, as with content of our own.</summary>
    public static MessagePart Of(JsonElement part, ContentSettings settings)
    {
        string type = Text(part, "type") ?? "text";
        string name = Array.Find(s_textNames, candidate => part.TryGetProperty(candidate, out _)) ?? "content";
        (string Name, string? Value)[] fields =
        [
            .. part.EnumerateObject()
                .Where(member => member.Value.ValueKind == JsonValueKind.String)
                .Where(member => member.Name != "type" && Array.IndexOf(s_textNames, member.Name) < 0)
                .Select(member => (member.Name, member.Value.GetString())),
        ];
        if (type == "blob" || !part.TryGetProperty(name, out JsonElement value))
            return new(type, name, default, isJson: false, fields);
        (string text, bool isJson) = Value(value);
        return new(type, name == "result" ? "response" : name, RedactedText.From(text, settings), isJson, fields);
    }

    /// <summary>A call as Semantic Kernel writes it: <c>{id, type, function: {name, arguments}}</c>.</summary>
    public static MessagePart ToolCall(JsonElement call, ContentSettings settings)
    {
        JsonElement function = call.TryGetProperty("function", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object
            ? inner
            : call;
        string arguments = function.TryGetProperty("arguments", out JsonElement value) ? Value(value).Text : "{}";
        return new(
            "tool_call",
            "arguments",
            RedactedText.From(arguments, settings),
            isJson: true,
            ("id", Text(call, "id")),
            ("name", Text(function, "name")));
    }

    /// <summary>What a tool returned, where nobody says to which call.</summary>
    public static MessagePart ToolResponse(string text, ContentSettings settings) =>
        new("tool_call_response", "response", RedactedText.From(text, settings), isJson: false);

    /// <summary>A member that is a text, or null.</summary>
    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static (string Text, bool IsJson) Value(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? (value.GetString() ?? "", false) : (value.GetRawText(), true);
}
