namespace AgentTrace.Attribution.Judges.Retries;

/// <summary>Settings of <see cref="RetryingJudge"/>.</summary>
public sealed record RetryOptions
{
    /// <summary>Most attempts of one call, the first included, at least 1. Default: 4.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>The first pause; each further one is about twice as long. Default: 1 second.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause. Default: 30 seconds.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    internal RetryOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FirstDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay);
        return this;
    }
}
