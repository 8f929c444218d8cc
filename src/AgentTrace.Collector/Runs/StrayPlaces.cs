using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>
/// The last spans of traces in which no agent has spoken yet: when an agent span comes after them, they join its run. A fixed ring, so that
/// the traffic that is none of ours costs the same memory and time however much there is.
/// </summary>
/// <remarks>Spans of one bucket are chained by their place in the ring; a chain ends where it meets an entry that was overwritten.</remarks>
internal sealed class StrayPlaces
{
    private const int None = -1;

    private readonly (GatheredSpan Span, int Before, long Number)[] _ring;
    private readonly int[] _heads;
    private long _next;

    /// <param name="capacity">How many spans are remembered; a power of two.</param>
    public StrayPlaces(int capacity)
    {
        _ring = new (GatheredSpan, int, long)[capacity];
        _heads = new int[capacity];
        Array.Fill(_heads, None);
    }

    public void Add(in GatheredSpan span)
    {
        ref int head = ref _heads[Bucket(span.TraceId)];
        int at = (int)(_next & (_ring.Length - 1));
        // It outlives the request that its bytes belong to; few have any.
        _ring[at] = (span.Message.IsEmpty ? span : span with { Message = span.Message.ToArray() }, head, _next++);
        head = at;
    }

    /// <summary>Hands every remembered span of the trace to the run.</summary>
    public void MoveTo(PendingRun run, TimeSpan now)
    {
        long newer = _next;
        for (int at = _heads[Bucket(run.TraceId)]; at != None;)
        {
            ref (GatheredSpan Span, int Before, long Number) entry = ref _ring[at];
            if (entry.Number >= newer || entry.Number < _next - _ring.Length)
                return;
            newer = entry.Number;
            if (entry.Span.TraceId == run.TraceId)
                run.Add(in entry.Span, now);
            at = entry.Before;
        }
    }

    private int Bucket(TraceId trace) => (int)(trace.Low ^ (trace.Low >> 32)) & (_heads.Length - 1);
}
