using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>A journal on disk: a request is in a file before its sender is told that it was accepted, and stays until every endpoint has taken it.</summary>
/// <remarks>
/// Positions count the bytes of all segments one after the other. A position behind the last whole record is where the next one is written, so a
/// write that failed half way (a full disk) is written over. A process that is killed leaves what the system has taken; a power cut may cost the
/// last seconds unless every write is flushed. Segments and acknowledgements are read back at the start; then writing goes on in a new segment.
/// </remarks>
internal sealed partial class DiskJournal : IJournal
{
    private const long SmallestSegment = 256 * 1024;
    private const long LargestSegment = 8 * 1024 * 1024;
    private const int SegmentsInAll = 16;

    private readonly Lock _lock = new();
    private readonly string _directory;
    private readonly long _maxBytes;
    private readonly long _segmentBytes;
    private readonly bool _flush;
    private readonly ILogger _log;
    private readonly FileStream _ownership;
    private readonly List<JournalSegment> _segments = [];
    private readonly Dictionary<string, DiskJournalReader> _readers = new(StringComparer.Ordinal);
    private readonly byte[] _header = new byte[JournalRecord.HeaderBytes];
    private readonly ReadOnlyMemory<byte>[] _parts = new ReadOnlyMemory<byte>[2];
    private SafeFileHandle? _writing;   // null when no segment could be begun: the disk was full at the start
    private long _head;          // where the next record goes
    private long _recordsEnd;    // behind the last record

    /// <param name="directory">Its folder; made when it is not there.</param>
    /// <param name="maxBytes">Bytes its segments may have together.</param>
    /// <param name="flush">True to have the disk confirm every request.</param>
    /// <param name="log">Where losses and torn ends are told.</param>
    /// <exception cref="IOException">The folder cannot be used, or another collector uses it.</exception>
    public DiskJournal(string directory, long maxBytes, bool flush, ILogger log)
    {
        _directory = directory;
        _maxBytes = maxBytes;
        _segmentBytes = Math.Clamp(maxBytes / SegmentsInAll, SmallestSegment, LargestSegment);
        _flush = flush;
        _log = log;
        Directory.CreateDirectory(directory);
        _ownership = Own(directory);
        try
        {
            ReadBack();
            _recordsEnd = _head;
            BeginFirst();
        }
        catch
        {
            _ownership.Dispose();
            throw;
        }
    }

    public bool IsDurable => true;

    /// <summary>Position behind the last record.</summary>
    internal long RecordsEnd => Volatile.Read(ref _recordsEnd);

    public bool TryAppend(OtlpBatch batch)
    {
        int size = JournalRecord.HeaderBytes + batch.Body.Length;
        lock (_lock)
        {
            try
            {
                if (_head - _segments[0].Start + size > _maxBytes && !StartAfresh())
                    return false;
                Write(batch, size);
            }
            catch (IOException e)
            {
                // A full disk may be full of what was delivered long ago.
                if (!StartAfresh())
                    throw CannotWrite(e);
                try
                {
                    Write(batch, size);
                }
                catch (IOException again)
                {
                    throw CannotWrite(again);
                }
            }
            finally
            {
                _parts[1] = default;
            }
        }

        batch.Release();
        return true;
    }

    /// <remarks>A name that was not here before starts where the endpoint that is furthest behind stands: what waits for a backend that has moved goes to where it is now.</remarks>
    public IJournalReader OpenReader(string name)
    {
        lock (_lock)
        {
            string path = Path.Combine(_directory, name + AcknowledgedPosition.Extension);
            long oldest = _segments[0].Start;
            long position = AcknowledgedPosition.Read(path) ?? OldestAcknowledged() ?? oldest;
            position = Math.Clamp(position, oldest, Math.Max(oldest, _recordsEnd));
            var reader = new DiskJournalReader(this, AcknowledgedPosition.Open(path), position);
            reader.WriteDownBoth();
            _readers.Add(name, reader);
            return reader;
        }
    }

    /// <summary>Forgets endpoints that are not forwarded to any more, so that what waited for them does not fill the disk. Call it when all readers are open.</summary>
    public void ForgetOthers()
    {
        lock (_lock)
        {
            foreach (string path in Directory.EnumerateFiles(_directory, "*" + AcknowledgedPosition.Extension))
                if (!_readers.ContainsKey(Path.GetFileNameWithoutExtension(path)))
                    File.Delete(path);
            DropDelivered();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (DiskJournalReader reader in _readers.Values)
                reader.Dispose();
            _writing?.Dispose();
            _ownership.Dispose();
        }
    }

    /// <summary>The segment that holds the byte at this position; where one ends, the next.</summary>
    internal JournalSegment SegmentAt(long position)
    {
        lock (_lock)
        {
            for (int i = _segments.Count - 1; i > 0; i--)
                if (_segments[i].Start <= position)
                    return _segments[i];
            return _segments[0];
        }
    }

    internal void Acknowledged()
    {
        lock (_lock)
            DropDelivered();
    }

    internal void Damaged(long position, long end) => Lost(_log, end - position, SegmentAt(position).Path);

    private static FileStream Own(string directory)
    {
        string path = Path.Combine(directory, "lock");
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"The queue folder {directory} cannot be used; is it another collector's? ({e.Message})", e);
        }
    }

    private void ReadBack()
    {
        foreach (string path in Directory.EnumerateFiles(_directory, "*" + JournalSegment.Extension).Order(StringComparer.Ordinal))
        {
            if (JournalSegment.Open(path) is { } segment)
                _segments.Add(segment);
            else
                File.Delete(path);
        }

        if (_segments.Count == 0)
            return;
        JournalSegment last = _segments[^1];
        long length = last.End;
        last.FindEnd();
        if (last.End < length)
            Torn(_log, length - last.End, last.Path);
        for (int i = 0; i + 1 < _segments.Count; i++)
            _segments[i].End = _segments[i + 1].Start;
        _head = last.End;
        if (_head > last.Start + JournalSegment.HeaderBytes)
            return;
        // Nothing in it: the new one takes its place, and its name.
        _segments.RemoveAt(_segments.Count - 1);
        _head = last.Start;
    }

    private void BeginFirst()
    {
        try
        {
            BeginSegment();
        }
        catch (IOException e) when (_segments.Count > 0)
        {
            // What waits can be sent all the same, and makes room.
            CannotBegin(_log, _directory, e.Message);
        }
    }

    private void BeginSegment()
    {
        (JournalSegment next, SafeFileHandle handle) = JournalSegment.Create(_directory, _head);
        _writing?.Dispose();
        _writing = handle;
        _segments.Add(next);
        _head = next.End;
    }

    private void Write(OtlpBatch batch, int size)
    {
        bool isEmpty = _head == _segments[^1].Start + JournalSegment.HeaderBytes;
        if (_writing is null || (!isEmpty && _head - _segments[^1].Start + size > _segmentBytes))
            BeginSegment();
        JournalSegment segment = _segments[^1];
        JournalRecord.WriteHeader(_header, batch.Body.Span, batch.IsJson, segment.Nonce, _head);
        (_parts[0], _parts[1]) = (_header, batch.Body);
        RandomAccess.Write(_writing!, _parts, _head - segment.Start);
        if (_flush)
            RandomAccess.FlushToDisk(_writing!);
        segment.End = _head + size;
        _head = segment.End;
        Volatile.Write(ref _recordsEnd, _head);
    }

    /// <summary>Where everything was delivered, all files can go: then there is room for a request of any size. False where something waits.</summary>
    private bool StartAfresh()
    {
        if (_readers.Values.Any(reader => reader.AcknowledgedTo < _recordsEnd))
            return false;
        _writing?.Dispose();
        _writing = null;
        foreach (JournalSegment segment in _segments)
            segment.Delete();
        JournalSegment last = _segments[^1];
        _segments.Clear();
        try
        {
            BeginSegment();
        }
        catch (IOException)
        {
            // The next request tries again; positions go on from here.
            _segments.Add(last);
            throw;
        }

        return true;
    }

    private static BackPressureException CannotWrite(IOException e) => new($"the forwarding queue cannot be written ({e.Message}); try again later", e);

    private void DropDelivered()
    {
        long done = _recordsEnd;
        foreach (DiskJournalReader reader in _readers.Values)
            done = Math.Min(done, reader.AcknowledgedTo);
        while (_segments.Count > 1 && _segments[0].End <= done)
        {
            _segments[0].Delete();
            _segments.RemoveAt(0);
        }
    }

    private long? OldestAcknowledged() => Directory.EnumerateFiles(_directory, "*" + AcknowledgedPosition.Extension).Min(AcknowledgedPosition.Read);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Bytes} bytes of an unfinished write at the end of {Path} are left out; their sender was not told that they were accepted")]
    private static partial void Torn(ILogger log, long bytes, string path);

    internal void NotAcknowledged(Exception e) => NoAcknowledgement(_log, _directory, e.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far an endpoint has come cannot be written to {Directory} ({Error}); after a crash it would get some requests again")]
    private static partial void NoAcknowledgement(ILogger log, string directory, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue in {Directory} cannot be written ({Error}); senders are asked to wait until it can")]
    private static partial void CannotBegin(ILogger log, string directory, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Lost {Bytes} bytes of queued requests: {Path} is damaged")]
    private static partial void Lost(ILogger log, long bytes, string path);
}
