using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>An attribute that holds JSON: as text on most spans, as nested values where a producer sends them so.</summary>
internal static class AttributeJson
{
    /// <summary>Deeper nesting than any real message has; what goes deeper is treated as plain text.</summary>
    public const int MaxDepth = 32;

    /// <summary>The attribute as text; null when it is absent or nested too deep to be told.</summary>
    public static string? Text(object? value)
    {
        if (value is null or string)
            return value as string;
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            if (!TryWrite(writer, value, 0))
                return null;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Parses; null for anything that is no JSON or nested too deep.</summary>
    public static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // Cut off, not JSON, or half a surrogate pair: the caller shows it as the text it is.
            return null;
        }
    }

    private static bool TryWrite(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > MaxDepth)
            return false;
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map:
                writer.WriteStartObject();
                foreach ((string key, object? item) in map)
                {
                    writer.WritePropertyName(key);
                    if (!TryWrite(writer, item, depth + 1))
                        return false;
                }

                writer.WriteEndObject();
                return true;
            case object?[] items:
                writer.WriteStartArray();
                foreach (object? item in items)
                {
                    if (!TryWrite(writer, item, depth + 1))
                        return false;
                }

                writer.WriteEndArray();
                return true;
            case string text:
                writer.WriteStringValue(text);
                return true;
            case bool flag:
                writer.WriteBooleanValue(flag);
                return true;
            case long number:
                writer.WriteNumberValue(number);
                return true;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                return true;
            default:
                writer.WriteNullValue();
                return true;
        }
    }
}
