using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Query.Spans;

/// <summary>Writes OTLP protobuf as OTLP/JSON, by the same tables that OTLP/JSON is read by: ids are hex, 64-bit numbers strings, enumerations numbers.</summary>
internal static class OtlpJsonWriter
{
    private const int MaxDepth = 100;

    /// <summary>Writes the members of TracesData messages' only list, <c>[{"resource":...},...]</c>, as one list.</summary>
    public static void WriteResourceSpans(Utf8JsonWriter json, params IEnumerable<byte[]> tracesData)
    {
        (_, OtlpJsonField field) = OtlpJsonSchema.Request.Find(OtlpFields.Request.ResourceSpans)!.Value;
        json.WriteStartArray();
        foreach (byte[] trace in tracesData)
            WriteMembers(json, trace, OtlpFields.Request.ResourceSpans, field.Message!(), 0);
        json.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter json, ReadOnlySpan<byte> message, OtlpJsonMessage schema, int depth)
    {
        if (depth > MaxDepth)
            throw new OtlpFormatException($"a stored value is nested deeper than {MaxDepth} messages");
        json.WriteStartObject();

        // Lists come out as a whole where their first member stands; of another field the last value counts.
        var lists = new HashSet<int>();
        var reader = new ProtobufReader(message);
        var last = new Dictionary<int, int>();
        for (int start = 0; reader.TryReadTag(out int number, out WireType type); start = reader.Offset)
        {
            reader.Skip(number, type);
            last[number] = start;
        }

        var again = new ProtobufReader(message);
        for (int start = 0; again.TryReadTag(out int number, out WireType type); start = again.Offset)
        {
            if (schema.Find(number) is not { } member || type != WireTypeOf(member.Field.Kind))
            {
                again.Skip(number, type);
            }
            else if (member.Field.Kind == OtlpJsonKind.Repeated)
            {
                again.Skip(number, type);
                if (!lists.Add(number))
                    continue;
                json.WritePropertyName(member.Name);
                WriteList(json, message, number, member.Field.Message!(), depth);
            }
            else if (last[number] != start)
            {
                again.Skip(number, type);
            }
            else if (member.Field.Kind == OtlpJsonKind.Message)
            {
                json.WritePropertyName(member.Name);
                WriteMessage(json, again.ReadBytes(), member.Field.Message!(), depth + 1);
            }
            else
            {
                json.WritePropertyName(member.Name);
                WriteScalar(json, ref again, member.Field.Kind, is64: member.Name == "intValue");
            }
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> message, int wanted, OtlpJsonMessage schema, int depth)
    {
        json.WriteStartArray();
        WriteMembers(json, message, wanted, schema, depth);
        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, ReadOnlySpan<byte> message, int wanted, OtlpJsonMessage schema, int depth)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out int number, out WireType type))
        {
            if (number == wanted && type == WireType.Bytes)
                WriteMessage(json, reader.ReadBytes(), schema, depth + 1);
            else
                reader.Skip(number, type);
        }
    }

    private static void WriteScalar(Utf8JsonWriter json, ref ProtobufReader reader, OtlpJsonKind kind, bool is64)
    {
        switch (kind)
        {
            case OtlpJsonKind.Text:
                json.WriteStringValue(Encoding.UTF8.GetString(reader.ReadBytes()));
                break;
            case OtlpJsonKind.HexId:
                json.WriteStringValue(Convert.ToHexStringLower(reader.ReadBytes()));
                break;
            case OtlpJsonKind.Base64:
                json.WriteBase64StringValue(reader.ReadBytes());
                break;
            case OtlpJsonKind.Boolean:
                json.WriteBooleanValue(reader.ReadVarint() != 0);
                break;
            case OtlpJsonKind.Enumeration:
                json.WriteNumberValue((int)reader.ReadVarint());
                break;
            case OtlpJsonKind.Integer when !is64:
                json.WriteNumberValue(reader.ReadVarint());
                break;
            case OtlpJsonKind.Integer:
                json.WriteStringValue(((long)reader.ReadVarint()).ToString(CultureInfo.InvariantCulture));
                break;
            case OtlpJsonKind.Fixed64:
                json.WriteStringValue(reader.ReadFixed64().ToString(CultureInfo.InvariantCulture));
                break;
            case OtlpJsonKind.Fixed32:
                json.WriteNumberValue(reader.ReadFixed32());
                break;
            case OtlpJsonKind.Double:
                double value = BitConverter.UInt64BitsToDouble(reader.ReadFixed64());
                if (double.IsFinite(value))
                    json.WriteNumberValue(value);
                else
                    json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                throw new OtlpFormatException($"no trace has a value of kind {kind}");
        }
    }

    private static WireType WireTypeOf(OtlpJsonKind kind) => kind switch
    {
        OtlpJsonKind.Boolean or OtlpJsonKind.Enumeration or OtlpJsonKind.Integer => WireType.Varint,
        OtlpJsonKind.Fixed64 or OtlpJsonKind.Double => WireType.Fixed64,
        OtlpJsonKind.Fixed32 => WireType.Fixed32,
        _ => WireType.Bytes,
    };
}
