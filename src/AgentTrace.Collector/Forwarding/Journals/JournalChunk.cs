namespace AgentTrace.Collector.Forwarding.Journals;

/// <summary>Some requests in a row, as one read gave them.</summary>
/// <param name="Export">The requests.</param>
/// <param name="End">The position behind them, to acknowledge them by.</param>
/// <param name="Owner">Holds their bytes; disposed when they were sent; null where the journal itself holds them.</param>
internal sealed record JournalChunk(OtlpExport Export, long End, IDisposable? Owner) : IDisposable
{
    public void Dispose() => Owner?.Dispose();
}
