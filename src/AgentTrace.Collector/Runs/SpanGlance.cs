using System.Buffers.Binary;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>Reads of a span what a run needs to know while it is gathered, without decoding it.</summary>
internal static class SpanGlance
{
    /// <summary>The span's place; an agent span's bytes are copied, and those of a failed root, whose message tells why the run failed.</summary>
    /// <param name="header">A span without a fault.</param>
    /// <param name="service">The service that sent it.</param>
    /// <param name="bytes">Where they are copied to.</param>
    public static GatheredSpan Read(scoped in SpanHeader header, SpanService? service, SpanBytes bytes)
    {
        ReadOnlySpan<byte> name = header.Name;
        bool isWorkflow = IsCalled(name, "invoke_workflow"u8) || (header.IsAgent && HasWorkflowAttribute(header.Message));
        bool isVerdict = IsCalled(name, "attribute_failure"u8) || IsCalled(name, "decisive_error"u8);
        bool isNamedAgent = isWorkflow || IsNamedAgent(name);
        SpanStatus status = header.Status.IsEmpty ? SpanStatus.Unset : ReadStatus(new ProtobufReader(header.Status));

        // A verdict that comes back, from a collector further up, must not bring its run to life again: that would go round for ever.
        bool isAgent = (header.IsAgent || isNamedAgent) && !isVerdict;
        ulong parent = header.ParentSpanId.IsEmpty ? 0 : BinaryPrimitives.ReadUInt64BigEndian(header.ParentSpanId);
        return new GatheredSpan
        {
            TraceId = TraceId.Read(header.TraceId),
            SpanId = BinaryPrimitives.ReadUInt64BigEndian(header.SpanId),
            ParentId = parent,
            StartTimeUnixNano = header.StartTimeUnixNano,
            EndTimeUnixNano = header.EndTimeUnixNano,
            Status = status,
            IsAgent = isAgent,
            EndsRun = parent == 0 || isWorkflow,
            Message = isAgent || (parent == 0 && status == SpanStatus.Error) ? bytes.Add(header.Message) : default,
            Service = isAgent ? service : null,
        };
    }

    /// <summary>Whether the name alone says that an agent or a tool speaks.</summary>
    public static bool IsNamedAgent(ReadOnlySpan<byte> name) =>
        IsCalled(name, "invoke_agent"u8) || IsCalled(name, "invoke_workflow"u8) || IsCalled(name, "execute_tool"u8);

    /// <summary>"invoke_agent" and "invoke_agent Flights", not "invoke_agents".</summary>
    private static bool IsCalled(ReadOnlySpan<byte> name, ReadOnlySpan<byte> operation) =>
        name.StartsWith(operation) && (name.Length == operation.Length || name[operation.Length] == (byte)' ');

    private static bool HasWorkflowAttribute(ReadOnlySpan<byte> message)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Span.Attributes && type == WireType.Bytes)
            {
                if (SaysWorkflow(reader.ReadMessage()))
                    return true;
            }
            else
            {
                reader.Skip(field, type);
            }
        }

        return false;
    }

    /// <summary>The one attribute of each producer that says "this span is the whole run".</summary>
    private static bool SaysWorkflow(ProtobufReader reader)
    {
        ReadOnlySpan<byte> key = default, value = default;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.KeyValue.Key && type == WireType.Bytes)
                key = reader.ReadBytes();
            else if (field == OtlpFields.KeyValue.Value && type == WireType.Bytes)
                value = StringOf(reader.ReadMessage());
            else
                reader.Skip(field, type);
        }

        return (key.SequenceEqual("gen_ai.operation.name"u8) && value.SequenceEqual("invoke_workflow"u8))
            || (key.SequenceEqual("traceloop.span.kind"u8) && value.SequenceEqual("workflow"u8));
    }

    private static ReadOnlySpan<byte> StringOf(ProtobufReader reader)
    {
        ReadOnlySpan<byte> text = default;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.AnyValue.String && type == WireType.Bytes)
                text = reader.ReadBytes();
            else
                reader.Skip(field, type);
        }

        return text;
    }

    private static SpanStatus ReadStatus(ProtobufReader reader)
    {
        var status = SpanStatus.Unset;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Status.Code && type == WireType.Varint)
                status = reader.ReadVarint() switch { 1 => SpanStatus.Ok, 2 => SpanStatus.Error, _ => SpanStatus.Unset };
            else
                reader.Skip(field, type);
        }

        return status;
    }
}
