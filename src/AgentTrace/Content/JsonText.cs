using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AgentTrace.Content;

/// <summary>Writes JSON without reflection: types the app's serializer options do not know are written as their text.</summary>
internal static class JsonText
{
    // Attributes are no HTML, and a person reads them: leave "ü" and "<" alone.
    private static readonly JsonWriterOptions s_writerOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write<T>(T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_writerOptions))
            write(writer, state);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A call's arguments as one JSON object.</summary>
    public static string OfArguments(IEnumerable<KeyValuePair<string, object?>> arguments, JsonSerializerOptions? options) =>
        Write((arguments, options), static (writer, state) =>
        {
            writer.WriteStartObject();
            foreach ((string name, object? value) in state.arguments)
            {
                writer.WritePropertyName(name);
                WriteValue(writer, value, state.options);
            }

            writer.WriteEndObject();
        });

    /// <summary>What a tool returned: a string as it is, anything else as JSON.</summary>
    public static (string Text, bool IsJson) OfResult(object? result, JsonSerializerOptions? options) => result switch
    {
        string text => (text, false),
        JsonElement { ValueKind: JsonValueKind.String } element => (element.GetString() ?? "", false),
        _ => (Write((result, options), static (writer, state) => WriteValue(writer, state.result, state.options)), true),
    };

    public static bool IsValid(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value, JsonSerializerOptions? options)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            default:
                WriteObject(writer, value, options ?? AIJsonUtilities.DefaultOptions);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, object value, JsonSerializerOptions options)
    {
        JsonElement element;
        try
        {
            element = JsonSerializer.SerializeToElement(value, options.GetTypeInfo(value.GetType()));
        }
        catch (Exception exception) when (exception is NotSupportedException or JsonException or ArgumentException)
        {
            // The app never promised that this value is JSON; its text says more than nothing.
            writer.WriteStringValue(value.ToString());
            return;
        }

        element.WriteTo(writer);
    }
}
