using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Hold;

/// <summary>The held spans of one trace, as requests that can be forwarded as they are.</summary>
internal sealed class HeldTrace(TraceId traceId, long since)
{
    private readonly List<byte[]> _requests = [];

    public TraceId TraceId { get; } = traceId;

    /// <summary>When its first span came (the monotonic clock's timestamp).</summary>
    public long Since { get; } = since;

    public long Bytes { get; private set; }

    public void Add(byte[] request)
    {
        _requests.Add(request);
        Bytes += request.Length;
    }

    /// <summary>All of it as one request: requests written one after the other are the request with the members of both.</summary>
    public byte[] ToRequest() => _requests is [var only] ? only : [.. _requests.SelectMany(request => request)];
}
