using ZstdSharp;

namespace AgentTrace.Store.Spans;

/// <summary>A block as it was read from the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RawBytes">Bytes unpacked.</param>
/// <param name="Directory">Which traces lie where.</param>
/// <param name="Data">Packed by zstd.</param>
public sealed record StoredBlock(long Id, int RawBytes, IReadOnlyList<BlockEntry> Directory, ReadOnlyMemory<byte> Data)
{
    /// <summary>The unpacked bytes, in which the directory's entries lie.</summary>
    /// <exception cref="StoreException">The block is damaged.</exception>
    public byte[] Unpack()
    {
        byte[] raw = new byte[RawBytes];
        try
        {
            using var decompressor = new Decompressor();
            if (decompressor.Unwrap(Data.Span, raw) == RawBytes)
                return raw;
        }
        catch (ZstdException e)
        {
            throw new StoreException($"block {Id} is damaged: {e.Message}", e);
        }

        throw new StoreException($"block {Id} is damaged: it is not {RawBytes} bytes long");
    }

    /// <summary>The spans of a trace in this block, as OTLP TracesData messages; put one after the other they are one.</summary>
    /// <exception cref="StoreException">The block is damaged.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> SpansOf(UInt128 traceId)
    {
        byte[] raw = Unpack();
        return [.. Directory.Where(entry => entry.TraceId == traceId).Select(entry => (ReadOnlyMemory<byte>)raw.AsMemory(entry.Offset, entry.Length))];
    }
}
