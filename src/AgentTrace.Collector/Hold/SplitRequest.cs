using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Hold;

/// <summary>
/// An ExportTraceServiceRequest taken apart into its spans, so that some of them can be written as a request of their own: each span byte for
/// byte, under the same resource and scope, with every unknown field of both.
/// </summary>
internal sealed class SplitRequest
{
    private readonly record struct Container(List<ReadOnlyMemory<byte>> OwnFields, int Resource);

    private readonly record struct Span(TraceId TraceId, ulong SpanId, int Scope, ReadOnlyMemory<byte> Message);

    private readonly List<ReadOnlyMemory<byte>> _unknown = [];
    private readonly List<Container> _resources = [];
    private readonly List<Container> _scopes = [];
    private readonly List<Span> _spans = [];

    private SplitRequest()
    {
    }

    public int Count => _spans.Count;

    /// <summary>Takes a request apart that was scanned before, so that it is valid.</summary>
    public static SplitRequest Read(ReadOnlyMemory<byte> request)
    {
        var split = new SplitRequest();
        Walk(request, OtlpFields.Request.ResourceSpans, split._unknown, resource =>
        {
            var resourceFields = new List<ReadOnlyMemory<byte>>();
            split._resources.Add(new Container(resourceFields, split._resources.Count));
            int resourceIndex = split._resources.Count - 1;
            Walk(resource, OtlpFields.ResourceSpans.ScopeSpans, resourceFields, scope =>
            {
                var scopeFields = new List<ReadOnlyMemory<byte>>();
                split._scopes.Add(new Container(scopeFields, resourceIndex));
                int scopeIndex = split._scopes.Count - 1;
                Walk(scope, OtlpFields.ScopeSpans.Spans, scopeFields, message =>
                {
                    SpanHeader header = SpanHeaderReader.Read(message.Span, 0);
                    split._spans.Add(new Span(Otlp.TraceId.Read(header.TraceId), ReadId(header.SpanId), scopeIndex, message));
                });
            });
        });
        return split;
    }

    public TraceId TraceId(int span) => _spans[span].TraceId;

    public ulong SpanId(int span) => _spans[span].SpanId;

    /// <summary>How large <see cref="Write"/> would come out, roughly; it says so before the memory is taken: a large resource would be written once a trace.</summary>
    public long Measure(IReadOnlyList<int> spans)
    {
        const int Framing = 24;
        long size = 0;
        (int scope, int resource) = (-1, -1);
        foreach (int index in spans)
        {
            Span span = _spans[index];
            if (span.Scope != scope)
            {
                scope = span.Scope;
                size += Framing + _scopes[scope].OwnFields.Sum(field => (long)field.Length);
                if (_scopes[scope].Resource != resource)
                {
                    resource = _scopes[scope].Resource;
                    size += Framing + _resources[resource].OwnFields.Sum(field => (long)field.Length);
                }
            }

            size += Framing + span.Message.Length;
        }

        return size;
    }

    /// <summary>The named spans, in the order they came in, as a request of their own.</summary>
    /// <param name="spans">Indices, rising.</param>
    /// <param name="appendix">Bytes to be added to a span's message, by its index; fields of a protobuf message may stand in any order.</param>
    /// <param name="withUnknown">Whether the request's own unknown fields go with them.</param>
    public byte[] Write(IReadOnlyList<int> spans, Func<int, ReadOnlyMemory<byte>>? appendix = null, bool withUnknown = false)
    {
        var writer = new ProtobufWriter((int)Math.Min(Measure(spans) + 256, int.MaxValue / 2));
        if (withUnknown)
            _unknown.ForEach(field => writer.Raw(field.Span));
        (int scope, int resource, int openScope, int openResource) = (-1, -1, 0, 0);
        foreach (int index in spans)
        {
            Span span = _spans[index];
            if (span.Scope != scope)
            {
                if (scope >= 0)
                    writer.EndMessage(openScope);
                scope = span.Scope;
                if (_scopes[scope].Resource != resource)
                {
                    if (resource >= 0)
                        writer.EndMessage(openResource);
                    resource = _scopes[scope].Resource;
                    openResource = writer.BeginMessage(OtlpFields.Request.ResourceSpans);
                    _resources[resource].OwnFields.ForEach(field => writer.Raw(field.Span));
                }

                openScope = writer.BeginMessage(OtlpFields.ResourceSpans.ScopeSpans);
                _scopes[scope].OwnFields.ForEach(field => writer.Raw(field.Span));
            }

            int open = writer.BeginMessage(OtlpFields.ScopeSpans.Spans);
            writer.Raw(span.Message.Span);
            if (appendix is not null)
                writer.Raw(appendix(index).Span);
            writer.EndMessage(open);
        }

        if (scope >= 0)
        {
            writer.EndMessage(openScope);
            writer.EndMessage(openResource);
        }

        return writer.ToArray();
    }

    /// <summary>Shows each member of one field number and collects the bytes of all other fields.</summary>
    private static void Walk(ReadOnlyMemory<byte> message, int descend, List<ReadOnlyMemory<byte>> others, Action<ReadOnlyMemory<byte>> visit)
    {
        var reader = new ProtobufReader(message.Span);
        for (int start = 0; reader.TryReadTag(out int field, out WireType type); start = reader.Offset)
        {
            if (field == descend)
            {
                int length = reader.ReadBytes().Length;
                visit(message.Slice(reader.Offset - length, length));
            }
            else
            {
                reader.Skip(field, type);
                others.Add(message[start..reader.Offset]);
            }
        }
    }

    private static ulong ReadId(ReadOnlySpan<byte> id) => System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(id);
}
