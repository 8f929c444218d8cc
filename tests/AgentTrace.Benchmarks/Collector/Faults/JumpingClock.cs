namespace AgentTrace.Benchmarks.Collector.Faults;

/// <summary>A wall clock that somebody sets forth and back by a day; timers and timestamps go on, as the system's do.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _calls;

    public override DateTimeOffset GetUtcNow()
    {
        long call = Interlocked.Increment(ref _calls);
        return base.GetUtcNow() + TimeSpan.FromDays((call / 7 % 3) - 1);
    }
}
