using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Hold;

/// <summary>
/// The held spans on disk, where the collector has a folder to queue in: written before their sender is told that they were accepted, done with
/// once they stand in the forwarding queue. What a killed process held is forwarded by the next one, as it is.
/// </summary>
internal sealed class HeldJournal : IDisposable
{
    private readonly Lock _lock = new();
    private readonly DiskJournal _journal;
    private readonly IJournalReader _reader;
    private readonly LinkedList<(long End, bool IsDone)> _entries = [];

    public HeldJournal(string directory, long maxBytes, bool flush, ILogger log)
    {
        _journal = new DiskJournal(directory, maxBytes, flush, log);
        _reader = _journal.OpenReader("hold");
    }

    /// <summary>Forwards what an earlier process held and did not get rid of.</summary>
    public async Task ReplayAsync(Func<OtlpBatch, ValueTask> forward)
    {
        while (_reader.TryRead(int.MaxValue / 4) is { } chunk)
        {
            using (chunk)
            {
                foreach (ReadOnlyMemory<byte> body in chunk.Export.Bodies)
                    await forward(new OtlpBatch(OtlpSignal.Traces, body.ToArray())).ConfigureAwait(false);
            }

            _reader.Acknowledge(chunk.End);
        }
    }

    /// <summary>Writes a request down; hand what this returns to <see cref="Done"/>.</summary>
    /// <exception cref="BackPressureException">There is no room.</exception>
    public object Append(byte[] request)
    {
        lock (_lock)
        {
            if (!_journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, request)))
                throw new BackPressureException("the folder for held spans is full; try again later");
            return _entries.AddLast((_journal.RecordsEnd, false));
        }
    }

    /// <summary>The request is somewhere else now. A position stands for all before it: only what is done from the oldest on is acknowledged.</summary>
    public void Done(object entry)
    {
        lock (_lock)
        {
            var node = (LinkedListNode<(long End, bool IsDone)>)entry;
            node.Value = (node.Value.End, true);
            long? done = null;
            while (_entries.First is { Value: (var end, true) })
            {
                done = end;
                _entries.RemoveFirst();
            }

            if (done is { } position)
                _reader.Acknowledge(position);
        }
    }

    public void Dispose() => _journal.Dispose();
}
