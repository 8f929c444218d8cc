using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Hold;

/// <summary>The held spans of one trace, as requests that can be forwarded as they are.</summary>
internal sealed class HeldTrace(TraceId traceId, long since)
{
    private readonly List<byte[]> _requests = [];
    private readonly List<object> _entries = [];

    public TraceId TraceId { get; } = traceId;

    /// <summary>When its first span came (the monotonic clock's timestamp).</summary>
    public long Since { get; } = since;

    public long Bytes { get; private set; }

    /// <summary>Its places in the journal of held spans; empty where there is none.</summary>
    public IReadOnlyList<object> Entries => _entries;

    /// <param name="request">Spans of this trace.</param>
    /// <param name="entry">Where they are written down; null where there is no journal.</param>
    public void Add(byte[] request, object? entry)
    {
        if (entry is not null)
            _entries.Add(entry);
        _requests.Add(request);
        Bytes += request.Length;
    }

    /// <summary>All of it as one request: requests written one after the other are the request with the members of both.</summary>
    public byte[] ToRequest() => _requests is [var only] ? only : [.. _requests.SelectMany(request => request)];
}
