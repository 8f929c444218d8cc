using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Storage;

/// <summary>
/// Tells the spans of agent runs from others. The first spans of a trace often come before its first agent span: they wait, bounded, and are
/// let through when one comes. One thread uses it.
/// </summary>
internal sealed class AgentTraces(int mostKnown = 256 * 1024, long mostWaitingBytes = 16L * 1024 * 1024)
{
    private readonly HashSet<TraceId> _known = [];
    private readonly Queue<TraceId> _knownByAge = new();
    private readonly Dictionary<TraceId, List<TracePart>> _waiting = [];
    private readonly Queue<TracePart> _waitingByAge = new();
    private long _bytes;

    /// <summary>The parts of agent runs among these, with those of the same traces that waited.</summary>
    public IEnumerable<TracePart> Select(IEnumerable<TracePart> parts)
    {
        foreach (TracePart part in parts)
        {
            if (_known.Contains(part.TraceId))
            {
                yield return part;
            }
            else if (part.SpeaksOfAgents())
            {
                Know(part.TraceId);
                if (_waiting.Remove(part.TraceId, out List<TracePart>? earlier))
                    foreach (TracePart one in earlier)
                        yield return one;
                yield return part;
            }
            else
            {
                Wait(part);
            }
        }
    }

    private void Know(TraceId trace)
    {
        _known.Add(trace);
        _knownByAge.Enqueue(trace);
        if (_known.Count > mostKnown)
            _known.Remove(_knownByAge.Dequeue());
    }

    private void Wait(TracePart part)
    {
        if (!_waiting.TryGetValue(part.TraceId, out List<TracePart>? parts))
            _waiting[part.TraceId] = parts = [];
        parts.Add(part);
        _waitingByAge.Enqueue(part);
        for (_bytes += part.Data.Length; _bytes > mostWaitingBytes; _bytes -= _waitingByAge.Dequeue().Data.Length)
        {
            // It may have been let through already: then only its place in the line is left.
            TracePart oldest = _waitingByAge.Peek();
            if (_waiting.TryGetValue(oldest.TraceId, out List<TracePart>? rest) && rest.Count > 0 && ReferenceEquals(rest[0].Data, oldest.Data))
            {
                rest.RemoveAt(0);
                if (rest.Count == 0)
                    _waiting.Remove(oldest.TraceId);
            }
        }
    }
}
