namespace AgentTrace.Collector.Forwarding;

/// <summary>How accepted requests wait for the endpoints and are sent to them. Bounds hold for each signal (traces, metrics, logs) by itself.</summary>
public sealed class ForwardingOptions
{
    /// <summary>A folder of the collector's own in which accepted requests wait, so that they survive the process; null to have them wait in memory.</summary>
    public string? QueueDirectory { get; init; }

    /// <summary>Bytes that may wait in <see cref="QueueDirectory"/> before senders are asked to wait.</summary>
    public long QueueMaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Bytes that may wait in memory before senders are asked to wait; without meaning where <see cref="QueueDirectory"/> is set.</summary>
    public long QueueMemoryBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>True to have the disk confirm every request before its sender is told that it was accepted: then it survives a power cut too, at the disk's pace.</summary>
    public bool QueueFlush { get; init; }

    /// <summary>Bytes of requests that an endpoint refused for good that are kept in <see cref="QueueDirectory"/>; more are dropped and counted.</summary>
    public long RefusedMaxBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Small requests that wait are put together up to this many bytes; backends take 4 MiB as a rule. 0 sends each alone.</summary>
    public int BatchBytes { get; init; } = 1024 * 1024;

    /// <summary>Requests that may be on their way to one endpoint at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How long an endpoint may take to answer one request before it is tried again.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate(Action<bool, string, object, string> require)
    {
        require(QueueDirectory is null || QueueDirectory.Trim().Length > 0, nameof(QueueDirectory), $"'{QueueDirectory}'", "the path of a folder");
        require(QueueMaxBytes >= 1024 * 1024, nameof(QueueMaxBytes), QueueMaxBytes, "at least 1048576");
        require(QueueMemoryBytes > 0, nameof(QueueMemoryBytes), QueueMemoryBytes, "at least 1");
        require(RefusedMaxBytes >= 0, nameof(RefusedMaxBytes), RefusedMaxBytes, "at least 0");
        require(BatchBytes is >= 0 and <= 64 * 1024 * 1024, nameof(BatchBytes), BatchBytes, "0 to 67108864");
        require(Concurrency is > 0 and <= 64, nameof(Concurrency), Concurrency, "1 to 64");
        require(Timeout > TimeSpan.Zero && Timeout <= TimeSpan.FromHours(1), nameof(Timeout), Timeout, "more than 0, at most 1 hour");
    }
}
