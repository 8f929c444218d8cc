using System.Runtime.InteropServices;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>The spans of one trace that came so far. Times are the monotonic clock's, since the collector began. Once it is let go it can be used for another trace.</summary>
internal sealed class PendingRun
{
    /// <summary>What a run costs in memory besides its spans.</summary>
    private const int Overhead = 512;
    private const int SpansWithoutIndex = 16;

    // A run that was larger than most is not used again: its memory would be lost to small ones.
    private const int MostSpansKept = 64;
    private const int MostBytesKept = 32 * 1024;

    private List<GatheredSpan> _spans = [];
    private readonly SpanBytes _messages = new();

    // Most runs are short: looking through them costs less than an index for each, in time and in memory.
    private Dictionary<ulong, int>? _index;
    private readonly CollectorOptions _options;
    private RunHistory? _history;
    private long _kept;
    private bool _hasRoot;
    private bool _isRead;

    public PendingRun(TraceId traceId, TimeSpan now, CollectorOptions options)
    {
        _options = options;
        DueNode = new(this);
        AgeNode = new(this);
        Begin(traceId, now);
    }

    public TraceId TraceId { get; private set; }

    public TimeSpan LastSeen { get; private set; }

    /// <summary>When it was first complete and handed on; null before. It is kept for a while after that, since late spans may change what is known.</summary>
    public TimeSpan? HandedOn { get; private set; }

    /// <summary>True when spans came that nobody has looked at yet.</summary>
    public bool HasNews { get; private set; }

    /// <summary>True once a span that ends a run is here.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Memory it takes, in bytes.</summary>
    public long Bytes => Overhead + ((long)GatheredSpan.Overhead * _spans.Capacity) + _messages.Capacity;

    /// <summary>Spans that came and were not kept, because the run was full.</summary>
    public int LeftOut { get; private set; }

    /// <summary>True while nothing more is expected of it: it has ended, or was judged and nothing came since.</summary>
    public bool IsAtRest => HasEnded || !HasNews;

    /// <summary>Its bytes as they were counted among those of runs at rest; 0 for one at work.</summary>
    public long BytesAtRest { get; set; }

    /// <summary>What was decided about it so far.</summary>
    public RunHistory History => _history ??= new();

    /// <summary>How many read what was handed on just now: its list and its bytes are this run's.</summary>
    public int Readers { get; private set; }

    /// <summary>True once it is no longer gathered.</summary>
    public bool IsForgotten { get; set; }

    /// <summary>Its place in the wheel of due times.</summary>
    public LinkedListNode<PendingRun> DueNode { get; }

    /// <summary>Its place among all runs, the one that was idle longest first.</summary>
    public LinkedListNode<PendingRun> AgeNode { get; }

    /// <summary>When it is looked at next.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>When it is complete, or, once it was handed on, when it is let go; if nothing comes until then.</summary>
    public TimeSpan Deadline => LastSeen + (HandedOn is not null && !HasNews ? _options.LateWait
        : _hasRoot ? _options.QuietTime : HasEnded ? _options.ParentWait : _options.MaxWait);

    /// <summary>Whether it is small enough to be used for another trace.</summary>
    public bool CanBeUsedAgain => _spans.Capacity <= MostSpansKept && _messages.Capacity <= MostBytesKept;

    /// <summary>Begins anew, for this trace.</summary>
    public void Begin(TraceId traceId, TimeSpan now)
    {
        (TraceId, LastSeen) = (traceId, now);
        _spans.Clear();
        _messages.Clear(MostBytesKept);
        (_index, _history, _kept, _hasRoot, _isRead) = (null, null, 0, false, false);
        (HandedOn, HasNews, HasEnded, LeftOut, Readers, IsForgotten) = (null, false, false, 0, 0, false);
    }

    /// <summary>
    /// Adds a span. One that comes twice counts once; one beyond the bounds is left out and counted, unless it ends the run: such a span comes
    /// last and says how the run went.
    /// </summary>
    public void Add(in GatheredSpan span, TimeSpan now)
    {
        LastSeen = now;
        int known = Find(span.SpanId);
        // Sent unfinished first, or by an exporter that tries again: what ended last knows most.
        if (known >= 0 && span.EndTimeUnixNano <= _spans[known].EndTimeUnixNano)
            return;

        bool isNeeded = span.IsRoot ? !_hasRoot : span.EndsRun && !HasEnded;
        bool isFull = (known < 0 && _spans.Count >= _options.MaxSpansPerRun) || _kept + span.Bytes > _options.MaxBytesPerRun;
        HasNews = true;
        if (isFull && !isNeeded)
        {
            LeftOut++;
            return;
        }

        if (_isRead)
        {
            // Few runs change while somebody reads them: only then there are two lists.
            _spans = [.. _spans];
            _isRead = false;
        }

        if (known >= 0)
        {
            Replace(known, in span);
            return;
        }

        _index?.Add(span.SpanId, _spans.Count);
        _spans.Add(Kept(in span));
        if (_index is null && _spans.Count > SpansWithoutIndex)
        {
            _index = new Dictionary<ulong, int>(2 * _spans.Count);
            for (int i = 0; i < _spans.Count; i++)
                _index.Add(_spans[i].SpanId, i);
        }

        _kept += span.Bytes;
        _hasRoot |= span.IsRoot;
        HasEnded |= span.EndsRun;
    }

    /// <summary>The run as it stands, to be judged; it goes on gathering. Whoever reads it says so when done.</summary>
    public CompleteRun HandOn(TimeSpan now)
    {
        Readers++;
        _isRead = true;
        HasNews = false;
        HandedOn ??= now;
        return new CompleteRun(TraceId, _spans, LeftOut, HasEnded, History);
    }

    /// <summary>One reader is done.</summary>
    public void EndReading()
    {
        if (--Readers == 0)
            _isRead = false;
    }

    private GatheredSpan Kept(in GatheredSpan span) => span.Message.IsEmpty ? span : span with { Message = _messages.Add(span.Message.Span) };

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
        // The bytes it had stay where they are until the run goes: they count on.
        _kept += span.Bytes;
        _spans[index] = Kept(in span);
        _hasRoot |= span.IsRoot;
        HasEnded |= span.EndsRun;
    }
}
