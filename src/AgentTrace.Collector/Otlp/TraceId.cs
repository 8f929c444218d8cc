using System.Buffers.Binary;

namespace AgentTrace.Collector.Otlp;

/// <summary>A trace's id: 16 bytes, kept as two words so that it is a cheap dictionary key.</summary>
internal readonly record struct TraceId(ulong High, ulong Low)
{
    /// <summary>Reads 16 bytes.</summary>
    public static TraceId Read(ReadOnlySpan<byte> id) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(id), BinaryPrimitives.ReadUInt64BigEndian(id[8..]));

    /// <summary>Reads 32 hex digits.</summary>
    public static TraceId Parse(string hex) => Read(Convert.FromHexString(hex));

    /// <summary>32 lower-case hex digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
