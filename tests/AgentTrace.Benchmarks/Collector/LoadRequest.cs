using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>
/// One export request of spans of about 420 bytes with 10 attributes, ten spans a trace, behind room for a gRPC prefix. It is encoded once; before
/// each send ids and times are written over in place, so that every span of a run is one of its own and the sink can tell what it lacks or has twice.
/// </summary>
internal sealed class LoadRequest
{
    public const int PrefixBytes = 5;

    private const int SpansPerTrace = 10;
    private const int FailedRunEvery = 50;

    // Marks the span ids of the load. Spans that the collector adds have random ones, thousands of them: half the bits keep them apart.
    private const ulong Mark = 0x5A17_C0DE_0000_0000;
    private const ulong NumberMask = 0x0000_0000_FFFF_FFFF;

    private readonly byte[] _framed;
    private readonly List<Places> _spans = [];
    private readonly List<int> _outcomes = [];
    private readonly ulong _seed;

    /// <param name="spans">Spans in it.</param>
    /// <param name="agentTraces">How many of its traces are agent runs.</param>
    /// <param name="seed">First half of every trace id.</param>
    public LoadRequest(int spans, int agentTraces, ulong seed)
    {
        _seed = seed;
        byte[] request = Encode(spans, agentTraces);
        _framed = [.. new byte[PrefixBytes], .. request];
        BinaryPrimitives.WriteUInt32BigEndian(_framed.AsSpan(1), (uint)request.Length);
        var finder = new PlaceFinder(_framed, _spans);
        OtlpTraceScanner.Scan(_framed.AsSpan(PrefixBytes), ref finder);
        for (int at = 0; (at = _framed.AsSpan(at).IndexOf("run.outcome"u8) is >= 0 and int found ? at + found + 1 : -1) > 0;)
            _outcomes.Add(at + _framed.AsSpan(at).IndexOf("success"u8));
    }

    public int Spans => _spans.Count;

    /// <summary>The request with its gRPC prefix.</summary>
    public ReadOnlyMemory<byte> Framed => _framed;

    /// <summary>The request alone.</summary>
    public ReadOnlyMemory<byte> Body => _framed.AsMemory(PrefixBytes);

    /// <summary>The number of a load span, or -1 for another one.</summary>
    public static long NumberOf(ReadOnlySpan<byte> spanId)
    {
        ulong id = BinaryPrimitives.ReadUInt64BigEndian(spanId);
        return (id & ~NumberMask) == Mark ? (long)(id & NumberMask) : -1;
    }

    /// <summary>Numbers its spans from <paramref name="first"/> and dates them now.</summary>
    public void Renew(long first, DateTimeOffset now)
    {
        ulong nanos = (ulong)(now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        for (int i = 0; i < _spans.Count; i++)
        {
            Places place = _spans[i];
            long number = first + i;
            BinaryPrimitives.WriteUInt64BigEndian(_framed.AsSpan(place.TraceId), _seed);
            BinaryPrimitives.WriteUInt64BigEndian(_framed.AsSpan(place.TraceId + 8), (ulong)(first + (i / SpansPerTrace * SpansPerTrace) + 1));
            BinaryPrimitives.WriteUInt64BigEndian(_framed.AsSpan(place.SpanId), Mark | (ulong)number);
            if (place.Parent > 0)
                BinaryPrimitives.WriteUInt64BigEndian(_framed.AsSpan(place.Parent), Mark | (ulong)(number - (i % SpansPerTrace)));
            BinaryPrimitives.WriteUInt64LittleEndian(_framed.AsSpan(place.Start), nanos);
            BinaryPrimitives.WriteUInt64LittleEndian(_framed.AsSpan(place.Start + 9), nanos + 1_000_000);
        }

        ReadOnlySpan<byte> outcome = first / Math.Max(1, _spans.Count) % FailedRunEvery == 0 ? "failure"u8 : "success"u8;
        foreach (int at in _outcomes)
            outcome.CopyTo(_framed.AsSpan(at));
    }

    private static byte[] Encode(int spans, int agentTraces)
    {
        var writer = new ProtobufWriter(spans * 450);
        int resourceSpans = writer.BeginMessage(OtlpFields.Request.ResourceSpans);
        int resource = writer.BeginMessage(OtlpFields.ResourceSpans.Resource);
        Attribute(writer, OtlpFields.Resource.Attributes, "service.name", "checkout");
        Attribute(writer, OtlpFields.Resource.Attributes, "service.instance.id", "checkout-7f9c-1");
        writer.EndMessage(resource);
        int scopeSpans = writer.BeginMessage(OtlpFields.ResourceSpans.ScopeSpans);
        int scope = writer.BeginMessage(OtlpFields.ScopeSpans.Scope);
        writer.String(OtlpFields.Scope.Name, "load");
        writer.EndMessage(scope);
        for (int i = 0; i < spans; i++)
            Span(writer, i, isAgent: i / SpansPerTrace < agentTraces);
        writer.EndMessage(scopeSpans);
        writer.EndMessage(resourceSpans);
        return writer.ToArray();
    }

    private static void Span(ProtobufWriter writer, int index, bool isAgent)
    {
        bool isRoot = index % SpansPerTrace == 0;
        int span = writer.BeginMessage(OtlpFields.ScopeSpans.Spans);
        // Real ids, so that the scan that looks for their places takes them.
        writer.Bytes(OtlpFields.Span.TraceId, Encoding.ASCII.GetBytes("trace-id-16bytes"));
        writer.Bytes(OtlpFields.Span.SpanId, Encoding.ASCII.GetBytes("span-id8"));
        if (!isRoot)
            writer.Bytes(OtlpFields.Span.ParentSpanId, Encoding.ASCII.GetBytes("parent-8"));
        writer.String(OtlpFields.Span.Name, isAgent ? (isRoot ? "invoke_workflow checkout" : "invoke_agent Pricing") : "GET /api/v1/orders/{id}");
        writer.Varint(OtlpFields.Span.Kind, 2);
        writer.Fixed64(OtlpFields.Span.StartTimeUnixNano, 1);
        writer.Fixed64(OtlpFields.Span.EndTimeUnixNano, 2);
        foreach ((string key, string value) in isAgent ? AgentAttributes(isRoot, index) : s_webAttributes)
            Attribute(writer, OtlpFields.Span.Attributes, key, value);
        writer.EndMessage(span);
    }

    private static readonly (string, string)[] s_webAttributes =
    [
        ("http.request.method", "GET"), ("http.route", "/api/v1/orders/{id}"), ("url.scheme", "https"), ("server.address", "orders.svc"),
        ("server.port", "8443"), ("network.protocol.version", "1.1"), ("user_agent.original", "okhttp/4.12.0"), ("http.status", "200"),
        ("client.address", "10.4.117.23"), ("thread.name", "http-nio-8443-exec-7"),
    ];

    private static (string, string)[] AgentAttributes(bool isRoot, int index) =>
    [
        ("gen_ai.operation.name", isRoot ? "invoke_workflow" : "invoke_agent"), isRoot ? ("agenttrace.run.outcome", "success") : ("gen_ai.agent.name", "Pricing"),
        ("gen_ai.system", "openai"), ("gen_ai.request.model", "gpt-4o-mini"), ("agenttrace.turn", (index % SpansPerTrace).ToString(CultureInfo.InvariantCulture)),
        ("gen_ai.usage.in", "812"), ("gen_ai.usage.out", "97"), ("server.address", "llm.svc"), ("thread.name", "worker-7"), ("gen_ai.finish", "stop"),
    ];

    private static void Attribute(ProtobufWriter writer, int field, string key, string text)
    {
        int attribute = writer.BeginMessage(field);
        writer.String(OtlpFields.KeyValue.Key, key);
        int value = writer.BeginMessage(OtlpFields.KeyValue.Value);
        writer.String(OtlpFields.AnyValue.String, text);
        writer.EndMessage(value);
        writer.EndMessage(attribute);
    }

    /// <summary>Offsets of what is written over; no parent is 0.</summary>
    private readonly record struct Places(int TraceId, int SpanId, int Parent, int Start);

    private ref struct PlaceFinder(ReadOnlySpan<byte> framed, List<Places> found) : ISpanVisitor
    {
        private static ReadOnlySpan<byte> StartField => [(OtlpFields.Span.StartTimeUnixNano << 3) | 1, 1, 0, 0, 0, 0, 0, 0, 0];

        private readonly ReadOnlySpan<byte> _framed = framed;

        public readonly void Visit(scoped in SpanHeader span)
        {
            int message = Offset(span.Message);
            int start = message + span.Message.IndexOf(StartField) + 1;
            found.Add(new Places(Offset(span.TraceId), Offset(span.SpanId), span.ParentSpanId.IsEmpty ? 0 : Offset(span.ParentSpanId), start));
        }

        private readonly int Offset(ReadOnlySpan<byte> part)
        {
            _framed.Overlaps(part, out int offset);
            return offset;
        }
    }
}
