using System.Text.Json;

namespace AgentTrace.Probe.Spans;

/// <summary>The text in <c>gen_ai.output.messages</c>: what an agent said, as its span has it.</summary>
internal static class OutputText
{
    /// <summary>The texts of all parts, a line each; empty where there is none.</summary>
    /// <exception cref="JsonException">It is no JSON, for example because a budget cut it.</exception>
    public static string Of(string messages)
    {
        using JsonDocument document = JsonDocument.Parse(messages);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? string.Join('\n', document.RootElement.EnumerateArray().SelectMany(Parts).Select(Content).OfType<string>())
            : "";
    }

    private static IEnumerable<JsonElement> Parts(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty("parts", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array ? parts.EnumerateArray() : [];

    private static string? Content(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out JsonElement type) && type.ValueEquals("text")
        && part.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String ? content.GetString() : null;
}
