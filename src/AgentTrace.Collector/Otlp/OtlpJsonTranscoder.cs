using System.Text.Json;

namespace AgentTrace.Collector.Otlp;

/// <summary>Turns OTLP/JSON into OTLP protobuf, so that everything after the door reads one encoding.</summary>
/// <remarks>
/// opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding": ids are hex, enums numbers (names are read too), 64-bit integers strings or
/// numbers, unknown members ignored.
/// </remarks>
internal static class OtlpJsonTranscoder
{
    private const int MaxDepth = 64;

    public static byte[] ToProtobuf(ReadOnlyMemory<byte> json) => ToProtobuf(json, OtlpJsonSchema.Request);

    /// <summary>The same for another export request.</summary>
    public static byte[] ToProtobuf(ReadOnlyMemory<byte> json, OtlpJsonMessage request)
    {
        using JsonDocument document = Parse(json);
        var writer = new ProtobufWriter(json.Length);
        WriteMessage(document.RootElement, request, "$", writer);
        return writer.ToArray();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException e)
        {
            throw new OtlpFormatException($"JSON: {e.Message}", e);
        }
    }

    private static void WriteMessage(JsonElement element, OtlpJsonMessage message, string path, ProtobufWriter writer)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new OtlpFormatException($"JSON: {path} is {Article(element)}, not an object ({message.Name})");
        foreach (JsonProperty member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null || FieldOf(member, message) is not { } field)
                continue;
            string at = $"{path}.{member.Name}";
            switch (field.Kind)
            {
                case OtlpJsonKind.Message:
                    WriteNested(member.Value, field, at, writer);
                    break;
                case OtlpJsonKind.Repeated:
                    WriteRepeated(member.Value, field, at, writer);
                    break;
                case OtlpJsonKind.PackedFixed64 or OtlpJsonKind.PackedDouble or OtlpJsonKind.PackedVarint:
                    OtlpJsonPacked.Write(member.Value, field, at, writer);
                    break;
                default:
                    OtlpJsonScalar.Write(member.Value, field, at, writer);
                    break;
            }
        }
    }

    private static OtlpJsonField? FieldOf(JsonProperty member, OtlpJsonMessage message)
    {
        try
        {
            return message.Find(member.Name);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8, pass the parser and fail here: no member that we know is called so.
            return null;
        }
    }

    private static void WriteRepeated(JsonElement element, OtlpJsonField field, string path, ProtobufWriter writer)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw new OtlpFormatException($"JSON: {path} is {Article(element)}, not an array");
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
            WriteNested(item, field, $"{path}[{index++}]", writer);
    }

    private static void WriteNested(JsonElement element, OtlpJsonField field, string path, ProtobufWriter writer)
    {
        int open = writer.BeginMessage(field.Number);
        WriteMessage(element, field.Message!(), path, writer);
        writer.EndMessage(open);
    }

    internal static string Article(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
