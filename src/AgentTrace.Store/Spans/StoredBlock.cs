using System.Buffers;
using ZstdSharp;

namespace AgentTrace.Store.Spans;

/// <summary>A block as it was read from the store.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RawBytes">Bytes unpacked.</param>
/// <param name="Directory">Which traces lie where.</param>
/// <param name="Data">Packed by zstd.</param>
public sealed record StoredBlock(long Id, int RawBytes, IReadOnlyList<BlockEntry> Directory, ReadOnlyMemory<byte> Data)
{
    // Setting one up costs as much as unpacking a block.
    [ThreadStatic]
    private static Decompressor? t_decompressor;

    /// <summary>The unpacked bytes, in which the directory's entries lie.</summary>
    /// <exception cref="StoreException">The block is damaged.</exception>
    public byte[] Unpack()
    {
        byte[] raw = new byte[RawBytes];
        UnpackInto(raw);
        return raw;
    }

    /// <summary>The spans of a trace in this block, as OTLP TracesData messages; put one after the other they are one.</summary>
    /// <exception cref="StoreException">The block is damaged.</exception>
    public IReadOnlyList<ReadOnlyMemory<byte>> SpansOf(UInt128 traceId)
    {
        // A block is a large object; a trace's part of it mostly is none: nobody must collect large objects for each trace that is read.
        byte[] raw = ArrayPool<byte>.Shared.Rent(Math.Max(RawBytes, 1));
        try
        {
            UnpackInto(raw.AsSpan(0, RawBytes));
            return [.. Directory.Where(entry => entry.TraceId == traceId).Select(entry => (ReadOnlyMemory<byte>)raw.AsSpan(entry.Offset, entry.Length).ToArray())];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
        }
    }

    private void UnpackInto(Span<byte> raw)
    {
        try
        {
            if ((t_decompressor ??= new Decompressor()).Unwrap(Data.Span, raw) == RawBytes)
                return;
        }
        catch (ZstdException e)
        {
            throw new StoreException($"block {Id} is damaged: {e.Message}", e);
        }

        throw new StoreException($"block {Id} is damaged: it is not {RawBytes} bytes long");
    }
}
