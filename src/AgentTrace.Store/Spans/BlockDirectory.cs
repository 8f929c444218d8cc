using System.Buffers.Binary;

namespace AgentTrace.Store.Spans;

/// <summary>A block's directory as bytes: for each entry the trace id (16, big-endian), offset and length (4 each, little-endian).</summary>
internal static class BlockDirectory
{
    private const int TraceIdBytes = 16, EntryBytes = TraceIdBytes + 8;

    public static byte[] Encode(IReadOnlyList<BlockEntry> entries)
    {
        byte[] bytes = new byte[entries.Count * EntryBytes];
        for (int i = 0; i < entries.Count; i++)
        {
            Span<byte> entry = bytes.AsSpan(i * EntryBytes, EntryBytes);
            BinaryPrimitives.WriteUInt128BigEndian(entry, entries[i].TraceId);
            BinaryPrimitives.WriteInt32LittleEndian(entry[TraceIdBytes..], entries[i].Offset);
            BinaryPrimitives.WriteInt32LittleEndian(entry[(TraceIdBytes + 4)..], entries[i].Length);
        }

        return bytes;
    }

    public static BlockEntry[] Decode(ReadOnlySpan<byte> bytes)
    {
        var entries = new BlockEntry[bytes.Length / EntryBytes];
        for (int i = 0; i < entries.Length; i++)
        {
            ReadOnlySpan<byte> entry = bytes.Slice(i * EntryBytes, EntryBytes);
            entries[i] = new BlockEntry(BinaryPrimitives.ReadUInt128BigEndian(entry),
                BinaryPrimitives.ReadInt32LittleEndian(entry[TraceIdBytes..]), BinaryPrimitives.ReadInt32LittleEndian(entry[(TraceIdBytes + 4)..]));
        }

        return entries;
    }

    /// <summary>A trace id as the engines' key.</summary>
    public static byte[] Key(UInt128 traceId)
    {
        byte[] key = new byte[TraceIdBytes];
        BinaryPrimitives.WriteUInt128BigEndian(key, traceId);
        return key;
    }

    public static UInt128 FromKey(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt128BigEndian(key);
}
