namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>One endpoint's place in a journal. Reads and acknowledgements of one reader come one after the other.</summary>
internal interface IJournalReader
{
    /// <summary>Bytes that were appended and not read yet; may be asked from any thread.</summary>
    long UnreadBytes { get; }

    /// <summary>Bytes that were appended and not acknowledged yet; may be asked from any thread.</summary>
    long WaitingBytes { get; }

    /// <summary>Reads on: one request at least, more of the same encoding while all together fit in <paramref name="maxBytes"/>; null when all is read. JSON comes alone.</summary>
    JournalChunk? TryRead(int maxBytes);

    /// <summary>All requests up to this position are done with; they need not be kept for this reader.</summary>
    void Acknowledge(long position);
}
