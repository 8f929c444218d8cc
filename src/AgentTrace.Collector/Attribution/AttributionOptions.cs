namespace AgentTrace.Collector.Attribution;

/// <summary>How much attribution may cost.</summary>
public sealed class AttributionOptions
{
    /// <summary>Failed runs that may wait for a verdict; of more, the newest get none.</summary>
    public int MaxQueued { get; init; } = 1_000;

    /// <summary>Runs that are attributed at the same time.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>How long one attribution may take before the structural verdict is given in its place.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often one run may be attributed, when late spans change it again and again.</summary>
    public int MaxPerRun { get; init; } = 5;

    /// <summary>Tokens that all attributions of one run together may cost; once they are spent, it is attributed without a model.</summary>
    public long MaxTokensPerRun { get; init; } = 500_000;

    /// <summary>Calls of the model in any one hour; once they are spent, runs are attributed without it. Null for no bound.</summary>
    public int? MaxJudgeCallsPerHour { get; init; }

    /// <summary>Tokens in any one hour, sent and answered; once they are spent, runs are attributed without a model. Null for no bound.</summary>
    public long? MaxTokensPerHour { get; init; }

    /// <summary>For how long a run is one node's where several share a store; renewed while it is judged. A node that dies leaves its runs to others after this.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate(Action<bool, string, object, string> require)
    {
        require(MaxQueued > 0, $"{nameof(Attribution)}.{nameof(MaxQueued)}", MaxQueued, "at least 1");
        require(Concurrency is > 0 and <= 256, $"{nameof(Attribution)}.{nameof(Concurrency)}", Concurrency, "1 to 256");
        require(Timeout > TimeSpan.Zero && Timeout <= TimeSpan.FromHours(1), $"{nameof(Attribution)}.{nameof(Timeout)}", Timeout, "more than 0, at most 1 hour");
        require(Lease >= TimeSpan.FromMilliseconds(100) && Lease <= TimeSpan.FromHours(1), $"{nameof(Attribution)}.{nameof(Lease)}", Lease, "0.1 second to 1 hour");
        require(MaxPerRun > 0, $"{nameof(Attribution)}.{nameof(MaxPerRun)}", MaxPerRun, "at least 1");
        require(MaxTokensPerRun > 0, $"{nameof(Attribution)}.{nameof(MaxTokensPerRun)}", MaxTokensPerRun, "at least 1");
        require(MaxJudgeCallsPerHour is null or > 0, $"{nameof(Attribution)}.{nameof(MaxJudgeCallsPerHour)}", MaxJudgeCallsPerHour ?? 0, "at least 1, or null");
        require(MaxTokensPerHour is null or > 0, $"{nameof(Attribution)}.{nameof(MaxTokensPerHour)}", MaxTokensPerHour ?? 0, "at least 1, or null");
    }
}
