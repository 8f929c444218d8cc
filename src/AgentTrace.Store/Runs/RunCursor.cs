namespace AgentTrace.Store.Runs;

/// <summary>A place in the list of runs, which stands still when newer runs come.</summary>
/// <param name="FinishedAt">When the run at that place was complete.</param>
/// <param name="TraceId">Its trace, which tells runs of the same microsecond apart.</param>
public readonly record struct RunCursor(DateTimeOffset FinishedAt, UInt128 TraceId);
