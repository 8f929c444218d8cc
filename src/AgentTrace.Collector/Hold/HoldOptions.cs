namespace AgentTrace.Collector.Hold;

/// <summary>How long and how much is held in <see cref="CollectorMode.Hold"/>.</summary>
public sealed class HoldOptions
{
    /// <summary>How long the first span of a run may be held, measured from its coming.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of spans held at once; when there are more, the run held longest goes on as in <see cref="CollectorMode.Stream"/>.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;

    internal void Validate(Action<bool, string, object, string> require)
    {
        require(Deadline > TimeSpan.Zero && Deadline <= TimeSpan.FromHours(1), $"{nameof(Hold)}.{nameof(Deadline)}", Deadline, "more than 0, at most 1 hour");
        require(MaxBytes > 0, $"{nameof(Hold)}.{nameof(MaxBytes)}", MaxBytes, "at least 1");
    }
}
