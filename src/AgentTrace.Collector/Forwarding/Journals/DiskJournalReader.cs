using AgentTrace.Collector.Otlp;
using Microsoft.Win32.SafeHandles;

namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>One endpoint's place in a disk journal. It reads many records with one call; what was just written comes from the system's cache.</summary>
internal sealed class DiskJournalReader(DiskJournal journal, AcknowledgedPosition acknowledged, long position) : IJournalReader, IDisposable
{
    private JournalSegment? _segment;
    private SafeFileHandle? _file;
    private long _read = position;
    private long _acknowledgedTo = position;

    public long UnreadBytes => Math.Max(0, journal.RecordsEnd - Volatile.Read(ref _read));

    public long WaitingBytes => Math.Max(0, journal.RecordsEnd - Volatile.Read(ref _acknowledgedTo));

    /// <summary>Everything before this position was delivered.</summary>
    public long AcknowledgedTo => Volatile.Read(ref _acknowledgedTo);

    public JournalChunk? TryRead(int maxBytes)
    {
        while (true)
        {
            JournalSegment segment = journal.SegmentAt(_read);
            SafeFileHandle file = Open(segment);
            long from = Math.Max(_read, segment.Start + JournalSegment.HeaderBytes);
            long end = Math.Min(segment.End, journal.RecordsEnd);
            if (from >= end)
            {
                // A segment ends where the next begins; at the very end there is nothing to read yet.
                if (journal.SegmentAt(end) == segment)
                    return null;
                Volatile.Write(ref _read, end);
                continue;
            }

            if (ReadRecords(segment, file, from, end, maxBytes) is { } chunk)
                return chunk;
            journal.Damaged(from, end);
            Volatile.Write(ref _read, end);
        }
    }

    public void Acknowledge(long position)
    {
        WriteDown(position);
        Volatile.Write(ref _acknowledgedTo, position);
        journal.Acknowledged();
    }

    public void Dispose()
    {
        _file?.Dispose();
        acknowledged.Dispose();
    }

    /// <summary>Fills both slots of the file with where it stands: so there is room for them when the disk is full later.</summary>
    public void WriteDownBoth()
    {
        WriteDown(_acknowledgedTo);
        WriteDown(_acknowledgedTo);
    }

    private void WriteDown(long position)
    {
        try
        {
            acknowledged.Write(position);
        }
        catch (IOException e)
        {
            journal.NotAcknowledged(e);
        }
    }

    private SafeFileHandle Open(JournalSegment segment)
    {
        if (_file is not null && segment == _segment)
            return _file;
        _file?.Dispose();
        _segment = segment;
        return _file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private JournalChunk? ReadRecords(JournalSegment segment, SafeFileHandle file, long from, long end, int maxBytes)
    {
        var buffer = new RequestBuffer((int)Math.Min(maxBytes + JournalRecord.HeaderBytes, end - from));
        var bodies = new List<ReadOnlyMemory<byte>>();
        bool json = false;
        Fill(buffer, file, from - segment.Start, (int)Math.Min(maxBytes + JournalRecord.HeaderBytes, end - from));
        int at = 0;
        while (buffer.Length - at >= JournalRecord.HeaderBytes)
        {
            ReadOnlyMemory<byte> header = buffer.Written.Slice(at, JournalRecord.HeaderBytes);
            int size = JournalRecord.BodyLength(header.Span);
            int whole = JournalRecord.HeaderBytes + size;
            if (size < 0 || size > end - from - at - JournalRecord.HeaderBytes)
                break;
            if (whole > buffer.Length - at)
            {
                // The first record is larger than a chunk shall be: it comes alone. A later one waits for the next read.
                if (bodies.Count > 0)
                    break;
                Fill(buffer, file, from - segment.Start + buffer.Length, whole - buffer.Length);
                if (whole > buffer.Length)
                    break;
                header = buffer.Written[..JournalRecord.HeaderBytes];
            }

            ReadOnlyMemory<byte> body = buffer.Written.Slice(at + JournalRecord.HeaderBytes, size);
            bool isJson = JournalRecord.IsJson(header.Span);
            if (bodies.Count > 0 && (json || isJson))
                break;
            if (!JournalRecord.IsIntact(header.Span, body.Span, segment.Nonce, from + at))
                break;
            json = isJson;
            bodies.Add(body);
            at += whole;
        }

        if (bodies.Count == 0)
        {
            buffer.Dispose();
            return null;
        }

        Volatile.Write(ref _read, from + at);
        return new JournalChunk(new OtlpExport(bodies.ToArray(), json), from + at, buffer);
    }

    private static void Fill(RequestBuffer buffer, SafeFileHandle file, long offset, int count)
    {
        Memory<byte> free = buffer.Free(count)[..count];
        while (free.Length > 0)
        {
            int read = RandomAccess.Read(file, free.Span, offset);
            if (read == 0)
                return;
            buffer.Advance(read);
            offset += read;
            free = free[read..];
        }
    }
}
