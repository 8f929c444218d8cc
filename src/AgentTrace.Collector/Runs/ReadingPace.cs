namespace AgentTrace.Collector.Runs;

/// <summary>Bounds how many successful runs are decoded and stored in a second: the store keeps the last ones, and more would only push each other out of it.</summary>
internal sealed class ReadingPace(TimeProvider clock, int perSecond)
{
    private readonly Lock _lock = new();
    private long _second = -1;
    private int _taken;

    public bool TryTake()
    {
        long second = (long)clock.GetElapsedTime(0).TotalSeconds;
        lock (_lock)
        {
            if (second != _second)
                (_second, _taken) = (second, 0);
            return _taken++ < perSecond;
        }
    }
}
