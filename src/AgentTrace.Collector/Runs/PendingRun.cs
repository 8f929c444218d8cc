using System.Runtime.InteropServices;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>The spans of one trace that came so far. Times are the monotonic clock's, since the collector began.</summary>
internal sealed class PendingRun
{
    /// <summary>What a run costs in memory besides its spans.</summary>
    private const int Overhead = 512;
    private const int SpansWithoutIndex = 16;

    private readonly List<GatheredSpan> _spans = [];

    // Most runs are short: looking through them costs less than an index for each, in time and in memory.
    private Dictionary<ulong, int>? _index;
    private readonly CollectorOptions _options;
    private bool _hasRoot;

    public PendingRun(TraceId traceId, TimeSpan now, CollectorOptions options)
    {
        TraceId = traceId;
        _options = options;
        LastSeen = now;
        DueNode = new(this);
        AgeNode = new(this);
    }

    public TraceId TraceId { get; }

    public TimeSpan LastSeen { get; private set; }

    /// <summary>When it was first complete and handed on; null before. It is kept for a while after that, since late spans may change what is known.</summary>
    public TimeSpan? HandedOn { get; private set; }

    /// <summary>True when spans came that nobody has looked at yet.</summary>
    public bool HasNews { get; private set; }

    /// <summary>True once a span that ends a run is here.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Memory it takes, in bytes.</summary>
    public long Bytes { get; private set; } = Overhead;

    /// <summary>Spans that came and were not kept, because the run was full.</summary>
    public int LeftOut { get; private set; }

    /// <summary>What was decided about it so far.</summary>
    public RunHistory History { get; } = new();

    /// <summary>Its place in the wheel of due times.</summary>
    public LinkedListNode<PendingRun> DueNode { get; }

    /// <summary>Its place among all runs, the one that was idle longest first.</summary>
    public LinkedListNode<PendingRun> AgeNode { get; }

    /// <summary>When it is looked at next.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>When it is complete, or, once it was handed on, when it is let go; if nothing comes until then.</summary>
    public TimeSpan Deadline => LastSeen + (HandedOn is not null && !HasNews ? _options.LateWait
        : _hasRoot ? _options.QuietTime : HasEnded ? _options.ParentWait : _options.MaxWait);

    /// <summary>
    /// Adds a span. One that comes twice counts once; one beyond the bounds is left out and counted, unless it ends the run: such a span comes
    /// last and says how the run went.
    /// </summary>
    public void Add(in GatheredSpan span, TimeSpan now)
    {
        LastSeen = now;
        if (Find(span.SpanId) is >= 0 and int known)
        {
            // Sent unfinished first, or by an exporter that tries again: what ended last knows most.
            if (span.EndTimeUnixNano > _spans[known].EndTimeUnixNano)
                Replace(known, in span);
            return;
        }

        bool isNeeded = span.IsRoot ? !_hasRoot : span.EndsRun && !HasEnded;
        bool isFull = _spans.Count >= _options.MaxSpansPerRun || Bytes + span.Bytes > _options.MaxBytesPerRun;
        HasNews = true;
        if (isFull && !isNeeded)
        {
            LeftOut++;
            return;
        }

        _index?.Add(span.SpanId, _spans.Count);
        _spans.Add(span);
        if (_index is null && _spans.Count > SpansWithoutIndex)
        {
            _index = new Dictionary<ulong, int>(2 * _spans.Count);
            for (int i = 0; i < _spans.Count; i++)
                _index.Add(_spans[i].SpanId, i);
        }

        Bytes += span.Bytes;
        _hasRoot |= span.IsRoot;
        HasEnded |= span.EndsRun;
    }

    /// <summary>The run as it stands, to be judged; it goes on gathering.</summary>
    public CompleteRun HandOn(TimeSpan now)
    {
        HasNews = false;
        HandedOn ??= now;
        return new CompleteRun(TraceId, [.. _spans], LeftOut, HasEnded, History);
    }

    private int Find(ulong spanId)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(spanId, -1);
        ReadOnlySpan<GatheredSpan> spans = CollectionsMarshal.AsSpan(_spans);
        for (int i = 0; i < spans.Length; i++)
            if (spans[i].SpanId == spanId)
                return i;
        return -1;
    }

    private void Replace(int index, in GatheredSpan span)
    {
        HasNews = true;
        Bytes += span.Bytes - _spans[index].Bytes;
        _spans[index] = span;
        _hasRoot |= span.IsRoot;
        HasEnded |= span.EndsRun;
    }
}
