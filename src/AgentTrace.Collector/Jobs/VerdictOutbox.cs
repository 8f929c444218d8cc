using System.Buffers.Binary;
using AgentTrace.Collector.Attribution;

namespace AgentTrace.Collector.Jobs;

/// <summary>A verdict as it is passed on, stored until it has been: the spans' request and the log event's, the first one's length before it.</summary>
internal static class VerdictOutbox
{
    public static byte[] Write(Verdict verdict)
    {
        byte[] spans = VerdictSpans.Encode(verdict), log = VerdictLogEvent.Encode(verdict);
        byte[] outbox = new byte[sizeof(int) + spans.Length + log.Length];
        BinaryPrimitives.WriteInt32LittleEndian(outbox, spans.Length);
        spans.CopyTo(outbox, sizeof(int));
        log.CopyTo(outbox, sizeof(int) + spans.Length);
        return outbox;
    }

    public static (byte[] Spans, byte[] Log) Read(ReadOnlySpan<byte> outbox)
    {
        int spans = BinaryPrimitives.ReadInt32LittleEndian(outbox);
        return (outbox.Slice(sizeof(int), spans).ToArray(), outbox[(sizeof(int) + spans)..].ToArray());
    }
}
