using System.Text.Json;

namespace AgentTrace.Collector.Otlp;

/// <summary>Writes a JSON array of numbers as a packed protobuf field.</summary>
internal static class OtlpJsonPacked
{
    public static void Write(JsonElement element, OtlpJsonField field, string path, ProtobufWriter writer)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw new OtlpFormatException($"JSON: {path} is {OtlpJsonTranscoder.Article(element)}, not an array");
        int open = writer.BeginMessage(field.Number);
        int index = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            string at = $"{path}[{index++}]";
            if (field.Kind == OtlpJsonKind.PackedVarint)
                writer.RawVarint(OtlpJsonScalar.Unsigned(item, at, ulong.MaxValue));
            else
                writer.RawFixed64(field.Kind == OtlpJsonKind.PackedDouble
                    ? BitConverter.DoubleToUInt64Bits(OtlpJsonScalar.Real(item, at))
                    : OtlpJsonScalar.Unsigned(item, at, ulong.MaxValue));
        }

        writer.EndMessage(open);
    }
}
