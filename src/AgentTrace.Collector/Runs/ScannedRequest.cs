namespace AgentTrace.Collector.Runs;

/// <summary>What the scan of one request found. It is used again for the next request of the same thread: nobody may keep it.</summary>
internal sealed class ScannedRequest : IDisposable
{
    /// <summary>One huge request must not hold its memory for ever.</summary>
    private const int MostKept = 8 * 1024;
    private const int MostBytesKept = 64 * 1024;

    [ThreadStatic]
    private static ScannedRequest? t_idle;

    /// <summary>Its valid spans.</summary>
    public List<GatheredSpan> Spans { get; } = new(512);

    /// <summary>The messages of those that are an agent's.</summary>
    public SpanBytes Bytes { get; } = new();

    /// <summary>How many spans must be refused.</summary>
    public int Rejected { get; private set; }

    /// <summary>Why the first of them must.</summary>
    public string? FirstFault { get; private set; }

    public static ScannedRequest Begin()
    {
        ScannedRequest scanned = t_idle ?? new ScannedRequest();
        t_idle = null;
        return scanned;
    }

    public void Reject(string fault)
    {
        Rejected++;
        FirstFault ??= fault;
    }

    public void Dispose()
    {
        if (Spans.Capacity > MostKept)
            return;
        Spans.Clear();
        Bytes.Clear(MostBytesKept);
        (Rejected, FirstFault) = (0, null);
        t_idle = this;
    }
}
