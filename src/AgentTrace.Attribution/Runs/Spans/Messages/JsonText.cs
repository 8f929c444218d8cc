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
        element.ValueKind == JsonValueKind.Object && TryFind(element, name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? Of(value)
            : null;

    /// <summary>Finds a property of an object, whatever its other properties are called.</summary>
    public static bool TryFind(JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair passes the parser and fails here; it must not hide the names beside it.
            value = default;
            bool found = false;
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (!IsNamed(property, name))
                    continue;
                value = property.Value;
                found = true;
            }

            return found;
        }
    }

    private static bool IsNamed(JsonProperty property, string name)
    {
        try
        {
            return property.NameEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
