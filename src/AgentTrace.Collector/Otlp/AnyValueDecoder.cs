using System.Text;

namespace AgentTrace.Collector.Otlp;

/// <summary>Decodes OTLP's AnyValue into string, bool, long, double, byte[], object?[] or a dictionary.</summary>
internal static class AnyValueDecoder
{
    /// <summary>Values nested deeper than this are read as null: a stack is finite, and the span is passed on as it came all the same.</summary>
    private const int MaxDepth = 32;

    /// <summary>Reads a KeyValue into <paramref name="target"/>; of a key that comes twice the last value counts.</summary>
    public static void ReadKeyValue(ProtobufReader reader, Dictionary<string, object?> target) => ReadKeyValue(reader, target, 0);

    private static void ReadKeyValue(ProtobufReader reader, Dictionary<string, object?> target, int depth)
    {
        string key = "";
        object? value = null;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.KeyValue.Key && type == WireType.Bytes)
                key = Encoding.UTF8.GetString(reader.ReadBytes());
            else if (field == OtlpFields.KeyValue.Value && type == WireType.Bytes)
                value = ReadAnyValue(reader.ReadMessage(), depth);
            else
                reader.Skip(field, type);
        }

        target[key] = value;
    }

    private static object? ReadAnyValue(ProtobufReader reader, int depth)
    {
        if (depth > MaxDepth)
            return null;
        object? value = null;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            switch (field, type)
            {
                case (OtlpFields.AnyValue.String, WireType.Bytes):
                    value = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case (OtlpFields.AnyValue.Bool, WireType.Varint):
                    value = reader.ReadVarint() != 0;
                    break;
                case (OtlpFields.AnyValue.Int, WireType.Varint):
                    value = (long)reader.ReadVarint();
                    break;
                case (OtlpFields.AnyValue.Double, WireType.Fixed64):
                    value = BitConverter.UInt64BitsToDouble(reader.ReadFixed64());
                    break;
                case (OtlpFields.AnyValue.Array, WireType.Bytes):
                    value = ReadArray(reader.ReadMessage(), depth + 1);
                    break;
                case (OtlpFields.AnyValue.KeyValueList, WireType.Bytes):
                    value = ReadList(reader.ReadMessage(), depth + 1);
                    break;
                case (OtlpFields.AnyValue.Bytes, WireType.Bytes):
                    value = reader.ReadBytes().ToArray();
                    break;
                default:
                    reader.Skip(field, type);
                    break;
            }
        }

        return value;
    }

    private static object?[] ReadArray(ProtobufReader reader, int depth)
    {
        var members = new List<object?>();
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Values.Members && type == WireType.Bytes)
                members.Add(ReadAnyValue(reader.ReadMessage(), depth));
            else
                reader.Skip(field, type);
        }

        return [.. members];
    }

    private static Dictionary<string, object?> ReadList(ProtobufReader reader, int depth)
    {
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Values.Members && type == WireType.Bytes)
                ReadKeyValue(reader.ReadMessage(), members, depth);
            else
                reader.Skip(field, type);
        }

        return members;
    }
}
