using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Signals;

/// <summary>Looks whether a request of a signal that is only passed on is what it says it is, so that its sender hears of it and not the backend.</summary>
/// <remarks>All signals are nested alike: resources (1) hold scopes (2), which hold the records (2).</remarks>
internal static class SignalCheck
{
    private const int RecordLevel = 3;

    /// <exception cref="OtlpFormatException">The bytes are no export request of the signal.</exception>
    public static void Require(OtlpSignal signal, ReadOnlyMemory<byte> body, bool json)
    {
        if (json)
            signal.ToProtobuf!(body);
        else
            Walk(new ProtobufReader(body.Span), level: 0);
    }

    private static void Walk(ProtobufReader reader, int level)
    {
        int nested = level == 0 ? 1 : 2;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (level == RecordLevel || field != nested)
            {
                reader.Skip(field, type);
                continue;
            }

            reader.Expect(type, WireType.Bytes, level switch { 0 => "the list of resources", 1 => "the list of scopes", _ => "the list of records" });
            Walk(reader.ReadMessage(), level + 1);
        }
    }
}
