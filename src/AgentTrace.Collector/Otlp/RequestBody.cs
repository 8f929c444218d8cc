using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Pipelines;

namespace AgentTrace.Collector.Otlp;

/// <summary>Reads request bodies up to a limit that holds before and after decompression.</summary>
internal static class RequestBody
{
    /// <summary>RFC 1952: a header of 10 bytes and a trailer of 8.</summary>
    private const int SmallestGzip = 18;

    /// <summary>Reads to the end; an <see cref="OtlpFormatException"/> says when the body is over <paramref name="limit"/> bytes.</summary>
    public static async ValueTask<byte[]> ReadAsync(PipeReader body, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (buffer.Length > limit)
            {
                body.AdvanceTo(buffer.End);
                throw TooLarge(limit);
            }

            if (result.IsCompleted)
            {
                byte[] bytes = buffer.ToArray();
                body.AdvanceTo(buffer.End);
                return bytes;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Unpacks gzip; stops at the limit, so that a small bomb cannot fill the memory.</summary>
    public static byte[] Gunzip(ReadOnlyMemory<byte> compressed, int limit)
    {
        // The framework reads a stream that ends inside the header as an empty one.
        if (compressed.Length < SmallestGzip)
            throw new OtlpFormatException($"the body is no valid gzip stream: it has {compressed.Length} bytes, the smallest has {SmallestGzip}");
        try
        {
            using var source = new MemoryStream(compressed.ToArray(), writable: false);
            using var gzip = new GZipStream(source, CompressionMode.Decompress);
            using var target = new MemoryStream();
            byte[] chunk = ArrayPool<byte>.Shared.Rent(64 * 1024);
            try
            {
                for (int read; (read = gzip.Read(chunk)) > 0;)
                {
                    if (target.Length + read > limit)
                        throw TooLarge(limit);
                    target.Write(chunk, 0, read);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }

            // The framework takes a stream that was cut off for a shorter one; its last four bytes tell how long it should be.
            if ((uint)target.Length != BinaryPrimitives.ReadUInt32LittleEndian(compressed.Span[^4..]))
                throw new OtlpFormatException("the body is no valid gzip stream: it was cut off, or is of several parts");
            return target.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new OtlpFormatException("the body is no valid gzip stream", e);
        }
    }

    private static OtlpFormatException TooLarge(int limit) =>
        new($"the body is larger than {limit} bytes; send smaller batches or raise the collector's MaxRequestBytes");
}
