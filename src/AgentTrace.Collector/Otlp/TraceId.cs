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

    /// <summary>The id as one number, big-endian.</summary>
    public UInt128 Number => new(High, Low);

    /// <summary>Reads 32 hex digits in either case, or the shorter form without leading zeros that some tools write; false for anything else and for zero.</summary>
    public static bool TryParse(string? hex, out TraceId id)
    {
        bool isId = UInt128.TryParse(hex, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out UInt128 number)
            && hex!.Length <= 32 && number != 0;
        id = isId ? Of(number) : default;
        return isId;
    }

    /// <summary>The id of that number.</summary>
    public static TraceId Of(UInt128 number) => new((ulong)(number >> 64), (ulong)number);

    /// <summary>32 lower-case hex digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
