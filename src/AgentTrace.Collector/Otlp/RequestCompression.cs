using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using ZstdSharp;

namespace AgentTrace.Collector.Otlp;

/// <summary>Unpacks request bodies; stops at the limit, so that a small bomb cannot fill the memory.</summary>
internal static class RequestCompression
{
    /// <summary>What may be sent, for error messages.</summary>
    public const string Supported = "gzip, zstd or none";

    /// <summary>RFC 1952: a header of 10 bytes and a trailer of 8.</summary>
    private const int SmallestGzip = 18;

    /// <summary>RFC 8878, 3.1.1.1.2: what a decoder should support, 8 MiB; more would be memory on a sender's word alone.</summary>
    private const int LargestZstdWindowLog = 23;

    private const int Step = 64 * 1024;

    /// <summary>True for the encodings that <see cref="Unpack"/> knows.</summary>
    public static bool Knows(string encoding) => encoding is "gzip" or "zstd";

    /// <summary>Unpacks a body.</summary>
    /// <exception cref="OtlpFormatException">It is not what the encoding says, or has more than <paramref name="limit"/> bytes unpacked.</exception>
    /// <exception cref="BackPressureException">Too much is being received at once.</exception>
    public static RequestBuffer Unpack(string encoding, ReadOnlyMemory<byte> compressed, int limit, ReceiveBudget.Share share) =>
        encoding == "gzip" ? Gunzip(compressed, limit, share) : Unzstd(compressed, limit, share);

    private static RequestBuffer Gunzip(ReadOnlyMemory<byte> compressed, int limit, ReceiveBudget.Share share)
    {
        // The framework reads a stream that ends inside the header as an empty one.
        if (compressed.Length < SmallestGzip)
            throw new OtlpFormatException($"the body is no valid gzip stream: it has {compressed.Length} bytes, the smallest has {SmallestGzip}");
        using var source = Source(compressed);
        using var gzip = new GZipStream(source, CompressionMode.Decompress);
        RequestBuffer target = Read(gzip, compressed.Length, limit, share, "gzip");

        // The framework takes a stream that was cut off for a shorter one; its last four bytes tell how long it should be.
        if ((uint)target.Length == BinaryPrimitives.ReadUInt32LittleEndian(compressed.Span[^4..]))
            return target;
        target.Dispose();
        throw new OtlpFormatException("the body is no valid gzip stream: it was cut off, or is of several parts");
    }

    private static RequestBuffer Unzstd(ReadOnlyMemory<byte> compressed, int limit, ReceiveBudget.Share share)
    {
        using var source = Source(compressed);
        using var zstd = new DecompressionStream(source, Step, checkEndOfStream: true);
        zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, LargestZstdWindowLog);
        return Read(zstd, compressed.Length, limit, share, "zstd");
    }

    private static MemoryStream Source(ReadOnlyMemory<byte> compressed) =>
        MemoryMarshal.TryGetArray(compressed, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(compressed.ToArray(), writable: false);

    private static RequestBuffer Read(Stream stream, int compressedLength, int limit, ReceiveBudget.Share share, string encoding)
    {
        var target = new RequestBuffer(Math.Min(compressedLength * 4L, limit) is var guess && guess > Step ? (int)guess : Step);
        try
        {
            for (int read; (read = stream.Read(target.Free(Step).Span)) > 0;)
            {
                if (target.Length + read > limit)
                    throw RequestBody.TooLarge(limit);
                share.Take(read);
                target.Advance(read);
            }

            return target;
        }
        catch (Exception e) when (e is InvalidDataException or ZstdException or EndOfStreamException)
        {
            target.Dispose();
            throw new OtlpFormatException($"the body is no valid {encoding} stream", e);
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }
}
