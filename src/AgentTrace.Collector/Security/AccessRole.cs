namespace AgentTrace.Collector.Security;

/// <summary>What a caller may do.</summary>
internal enum AccessRole
{
    /// <summary>Send spans, metrics and logs.</summary>
    Ingest,

    /// <summary>Read runs, traces and labels.</summary>
    Query,

    /// <summary>All of it, and say how runs went.</summary>
    Admin,
}
