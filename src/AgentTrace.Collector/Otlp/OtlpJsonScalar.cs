using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Collector.Otlp;

/// <summary>Writes one scalar JSON value as its protobuf field, or says which member has the wrong type.</summary>
internal static class OtlpJsonScalar
{
    public static void Write(JsonElement element, OtlpJsonField field, string path, ProtobufWriter writer)
    {
        switch (field.Kind)
        {
            case OtlpJsonKind.Text:
                writer.String(field.Number, Text(element, path));
                break;
            case OtlpJsonKind.Boolean when element.ValueKind is JsonValueKind.True or JsonValueKind.False:
                writer.Varint(field.Number, element.GetBoolean() ? 1u : 0u);
                break;
            case OtlpJsonKind.Integer:
                writer.Varint(field.Number, (ulong)Signed(element, path));
                break;
            case OtlpJsonKind.ZigZag:
                long number = Signed(element, path);
                writer.Varint(field.Number, (uint)((number << 1) ^ (number >> 31)));
                break;
            case OtlpJsonKind.SignedFixed64:
                writer.Fixed64(field.Number, (ulong)Signed(element, path));
                break;
            case OtlpJsonKind.Fixed64:
                writer.Fixed64(field.Number, Unsigned(element, path, ulong.MaxValue));
                break;
            case OtlpJsonKind.Fixed32:
                writer.Fixed32(field.Number, (uint)Unsigned(element, path, uint.MaxValue));
                break;
            case OtlpJsonKind.Double:
                writer.Double(field.Number, Real(element, path));
                break;
            case OtlpJsonKind.HexId:
                writer.Bytes(field.Number, Hex(Text(element, path), path));
                break;
            case OtlpJsonKind.Base64 when element.ValueKind == JsonValueKind.String && element.TryGetBytesFromBase64(out byte[]? bytes):
                writer.Bytes(field.Number, bytes);
                break;
            case OtlpJsonKind.Enumeration:
                writer.Varint(field.Number, Enumeration(element, field, path));
                break;
            default:
                throw Wrong(element, path, field.Kind == OtlpJsonKind.Base64 ? "base64" : "a boolean");
        }
    }

    private static string Text(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.String)
            throw Wrong(element, path, "a string");
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return LenientJsonText.Of(element);
        }
    }

    private static byte[] Hex(string text, string path)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException e)
        {
            throw new OtlpFormatException($"JSON: {path} is no hex id", e);
        }
    }

    private static long Signed(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long number))
            return number;
        if (element.ValueKind == JsonValueKind.String
            && long.TryParse(Text(element, path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
            return number;
        throw Wrong(element, path, "a 64-bit integer");
    }

    internal static ulong Unsigned(JsonElement element, string path, ulong max)
    {
        ulong number = 0;
        bool read = element.ValueKind switch
        {
            JsonValueKind.Number => element.TryGetUInt64(out number),
            JsonValueKind.String => ulong.TryParse(Text(element, path), NumberStyles.None, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        return read && number <= max ? number : throw Wrong(element, path, "an unsigned integer in range");
    }

    internal static double Real(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when double.TryParse(Text(element, path), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => throw Wrong(element, path, "a number"),
    };

    private static ulong Enumeration(JsonElement element, OtlpJsonField field, string path)
    {
        if (element.ValueKind != JsonValueKind.String)
            return Unsigned(element, path, int.MaxValue);
        string name = Text(element, path);
        int value = Array.IndexOf(field.Names!, name);
        return value >= 0 ? (ulong)value : throw new OtlpFormatException($"JSON: {path} is none of {string.Join(", ", field.Names!)}");
    }

    private static OtlpFormatException Wrong(JsonElement element, string path, string wanted) =>
        new($"JSON: {path} is {OtlpJsonTranscoder.Article(element)}, not {wanted}");
}
