using System.Text.Json;

namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>JSON values as the text a person would read.</summary>
internal static class JsonText
{
    /// <summary>A string's value, or any other value's JSON; a string that is no valid Unicode is shown as it is written.</summary>
    public static string Of(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value.GetRawText();
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    /// <summary>The property as text; null where it is absent or null.</summary>
    public static string? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? Of(value)
            : null;
}
