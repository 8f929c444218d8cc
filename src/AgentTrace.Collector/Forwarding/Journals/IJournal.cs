namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>Keeps accepted requests of one signal in order until every endpoint has taken them.</summary>
internal interface IJournal : IDisposable
{
    /// <summary>True when what is in it is still there after the process was killed.</summary>
    bool IsDurable { get; }

    /// <summary>
    /// Appends a request and takes it over; false when there is no room, then the caller keeps it. After it returned true the request will reach
    /// every endpoint.
    /// </summary>
    /// <exception cref="BackPressureException">It cannot be written now; nothing was appended.</exception>
    bool TryAppend(OtlpBatch batch);

    /// <summary>The reader of one endpoint, at the first request that it did not acknowledge. One a name.</summary>
    IJournalReader OpenReader(string name);
}
