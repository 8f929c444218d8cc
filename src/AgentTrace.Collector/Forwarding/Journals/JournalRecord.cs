using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>How one request lies in a segment: length, encoding, checksum (little-endian, 4 bytes each), then its bytes.</summary>
/// <remarks>
/// The checksum starts from the segment's random number and the record's position: bytes that a sender made up to look like a record, or that an
/// older write left behind, do not pass for one.
/// </remarks>
internal static class JournalRecord
{
    public const int HeaderBytes = 12;

    private const int LaneBytes = 32;

    public static void WriteHeader(Span<byte> header, ReadOnlySpan<byte> body, bool isJson, ulong nonce, long position)
    {
        uint kind = isJson ? 1u : 0u;
        BinaryPrimitives.WriteInt32LittleEndian(header, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], kind);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Checksum(body, kind, nonce, position));
    }

    /// <summary>The length of the body that the header announces, or -1 when it is no header.</summary>
    public static int BodyLength(ReadOnlySpan<byte> header) => Math.Max(BinaryPrimitives.ReadInt32LittleEndian(header), -1);

    public static bool IsJson(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) == 1;

    /// <summary>True when header and body are what was written at this position.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, ulong nonce, long position)
    {
        uint kind = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        return kind <= 1 && BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Checksum(body, kind, nonce, position);
    }

    /// <summary>CRC-32C over four interleaved lanes of 8 bytes, then over the lanes: one lane alone would wait for each of its own results.</summary>
    private static uint Checksum(ReadOnlySpan<byte> body, uint kind, ulong nonce, long position)
    {
        uint seed = BitOperations.Crc32C(BitOperations.Crc32C((uint)nonce, nonce), (ulong)position);
        seed = BitOperations.Crc32C(seed, ((ulong)kind << 32) | (uint)body.Length);
        uint a = seed, b = ~seed, c = seed ^ 0x5555_5555, d = seed ^ 0x3333_3333;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(body[..(body.Length / LaneBytes * LaneBytes)]);
        for (int i = 0; i < words.Length; i += 4)
        {
            a = BitOperations.Crc32C(a, words[i]);
            b = BitOperations.Crc32C(b, words[i + 1]);
            c = BitOperations.Crc32C(c, words[i + 2]);
            d = BitOperations.Crc32C(d, words[i + 3]);
        }

        foreach (byte rest in body[(words.Length * sizeof(ulong))..])
            a = BitOperations.Crc32C(a, rest);
        return BitOperations.Crc32C(BitOperations.Crc32C(seed, ((ulong)a << 32) | b), ((ulong)c << 32) | d);
    }
}
