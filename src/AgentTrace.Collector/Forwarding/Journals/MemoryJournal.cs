namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>A journal in memory, bounded in bytes: what is in it is gone with the process.</summary>
internal sealed class MemoryJournal(long capacityBytes) : IJournal
{
    private readonly Lock _lock = new();
    private readonly List<Reader> _readers = [];

    // A ring: the entry of index i lies at i modulo its length, which is a power of two.
    private Entry[] _entries = new Entry[64];
    private long _first;
    private long _next;
    private long _appendedBytes;
    private long _releasedBytes;

    public bool IsDurable => false;

    public bool TryAppend(OtlpBatch batch)
    {
        lock (_lock)
        {
            // An empty journal takes a request of any size: it could never be sent otherwise.
            if (_next > _first && _appendedBytes - _releasedBytes + batch.Body.Length > capacityBytes)
                return false;
            if (_next - _first == _entries.Length)
                Grow();
            _appendedBytes += batch.Body.Length;
            _entries[_next & (_entries.Length - 1)] = new Entry(batch, _appendedBytes);
            _next++;
            return true;
        }
    }

    public IJournalReader OpenReader(string name)
    {
        var reader = new Reader(this);
        lock (_lock)
            _readers.Add(reader);
        return reader;
    }

    public void Dispose()
    {
        lock (_lock)
            for (; _first < _next; _first++)
                Take(_first).Release();
    }

    private void Grow()
    {
        var larger = new Entry[_entries.Length * 2];
        for (long i = _first; i < _next; i++)
            larger[i & (larger.Length - 1)] = _entries[i & (_entries.Length - 1)];
        _entries = larger;
    }

    private OtlpBatch Take(long index)
    {
        ref Entry entry = ref _entries[index & (_entries.Length - 1)];
        OtlpBatch batch = entry.Batch;
        _releasedBytes = entry.BytesUpTo;
        entry = default;
        return batch;
    }

    /// <param name="Batch">The request.</param>
    /// <param name="BytesUpTo">Bytes of all requests ever appended up to this one.</param>
    private readonly record struct Entry(OtlpBatch Batch, long BytesUpTo);

    private sealed class Reader(MemoryJournal journal) : IJournalReader
    {
        private long _read = journal._next;
        private long _readBytes = journal._appendedBytes;
        private long _acknowledged = journal._next;
        private long _acknowledgedBytes = journal._appendedBytes;

        public long UnreadBytes => Volatile.Read(ref journal._appendedBytes) - Volatile.Read(ref _readBytes);

        public long WaitingBytes => Volatile.Read(ref journal._appendedBytes) - Volatile.Read(ref _acknowledgedBytes);

        public JournalChunk? TryRead(int maxBytes)
        {
            lock (journal._lock)
            {
                if (_read == journal._next)
                    return null;
                Entry[] entries = journal._entries;
                var bodies = new List<ReadOnlyMemory<byte>>();
                bool json = entries[_read & (entries.Length - 1)].Batch.IsJson;
                long bytes = 0;
                do
                {
                    Entry entry = entries[_read & (entries.Length - 1)];
                    if (bodies.Count > 0 && (json || entry.Batch.IsJson || bytes + entry.Batch.Body.Length > maxBytes))
                        break;
                    bodies.Add(entry.Batch.Body);
                    bytes += entry.Batch.Body.Length;
                    Volatile.Write(ref _readBytes, entry.BytesUpTo);
                    _read++;
                }
                while (_read < journal._next);
                return new JournalChunk(new OtlpExport(bodies.ToArray(), json), _read, null);
            }
        }

        public void Acknowledge(long position)
        {
            lock (journal._lock)
            {
                // The last one's bytes are known as long as it is kept, which it is: this reader did not acknowledge it.
                Volatile.Write(ref _acknowledgedBytes, journal._entries[(position - 1) & (journal._entries.Length - 1)].BytesUpTo);
                _acknowledged = position;
                long done = journal._next;
                foreach (Reader reader in journal._readers)
                    done = Math.Min(done, reader._acknowledged);
                for (; journal._first < done; journal._first++)
                    journal.Take(journal._first).Release();
            }
        }
    }
}
