using System.Buffers.Binary;
using System.Buffers.Text;
using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Query;

/// <summary>A place in the runs list as text that a caller hands back as it is: the time in microseconds and the trace id, base64url.</summary>
internal static class CursorText
{
    private const int TimeBytes = 8, Bytes = TimeBytes + 16;

    public static string Write(RunCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (cursor.FinishedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[TimeBytes..], cursor.TraceId);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="ApiException">It is no such text.</exception>
    public static RunCursor Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text.Length == Base64Url.GetEncodedLength(Bytes) && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out int length) && length == Bytes)
        {
            long micros = BinaryPrimitives.ReadInt64BigEndian(bytes);
            if (micros >= 0 && micros < (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
                return new RunCursor(DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), BinaryPrimitives.ReadUInt128BigEndian(bytes[TimeBytes..]));
        }

        throw QueryParameters.Wrong("cursor", $"'{QueryParameters.Shown(text)}'", "the next of an earlier page");
    }
}
