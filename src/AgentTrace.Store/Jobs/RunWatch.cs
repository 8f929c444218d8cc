namespace AgentTrace.Store.Jobs;

/// <summary>A trace whose run is to be judged when nothing more comes for it.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Wait">How long nothing may have come; of several waits of one trace the shortest counts, and each begins it anew.</param>
/// <param name="MayHaveFailed">Whether something in it says so: such runs are taken before all others.</param>
public readonly record struct RunWatch(UInt128 TraceId, TimeSpan Wait, bool MayHaveFailed = true);
