using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;

namespace AgentTrace.Collector.Otlp;

/// <summary>Reads request bodies up to a limit. They are copied once, out of the connection's buffers as they come, so that the sender's window opens again.</summary>
internal static class RequestBody
{
    /// <summary>No more is rented at once on a sender's word alone.</summary>
    private const int LargestTrust = 1024 * 1024;

    private const int Unannounced = 16 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="body">The connection.</param>
    /// <param name="announced">The length that the sender announced; null when it did not.</param>
    /// <param name="isFramed">Whether it begins with gRPC's prefix, which announces a length too.</param>
    /// <param name="limit">The most bytes it may have.</param>
    /// <param name="share">Counts what is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OtlpFormatException">It has more than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="BackPressureException">Too much is being received at once.</exception>
    public static async ValueTask<RequestBuffer> ReadAsync(PipeReader body, long? announced, bool isFramed, int limit, ReceiveBudget.Share share, CancellationToken cancellationToken)
    {
        if (announced > limit)
            throw TooLarge(limit);
        RequestBuffer? buffer = null;
        try
        {
            while (true)
            {
                ReadResult result = await body.ReadAsync(cancellationToken).ConfigureAwait(false);
                ReadOnlySequence<byte> bytes = result.Buffer;
                buffer ??= new RequestBuffer((int)Math.Min(announced ?? (isFramed ? FrameLength(bytes) : null) ?? Unannounced, LargestTrust));
                if (buffer.Length + bytes.Length > limit)
                {
                    body.AdvanceTo(bytes.End);
                    throw TooLarge(limit);
                }

                share.Take((int)bytes.Length);
                foreach (ReadOnlyMemory<byte> segment in bytes)
                    buffer.Append(segment.Span);
                body.AdvanceTo(bytes.End);
                if (result.IsCompleted)
                    return buffer;
            }
        }
        catch
        {
            buffer?.Dispose();
            throw;
        }
    }

    /// <summary>What gRPC's prefix announces, with the prefix; null where it has not come yet.</summary>
    private static long? FrameLength(ReadOnlySequence<byte> first)
    {
        if (first.Length < OtlpGrpcReceiver.PrefixBytes)
            return null;
        Span<byte> prefix = stackalloc byte[OtlpGrpcReceiver.PrefixBytes];
        first.Slice(0, prefix.Length).CopyTo(prefix);
        return OtlpGrpcReceiver.PrefixBytes + (long)BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
    }

    public static OtlpFormatException TooLarge(int limit) =>
        new($"the body is larger than {limit} bytes; send smaller batches or raise the collector's MaxRequestBytes");
}
