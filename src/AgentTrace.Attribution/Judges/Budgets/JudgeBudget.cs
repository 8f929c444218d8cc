namespace AgentTrace.Attribution.Judges.Budgets;

/// <summary>The most that asking a model may cost; every limit is off unless it is set.</summary>
/// <remarks>
/// A question is not asked when its tokens, estimated before it is sent (<see cref="TokenEstimate"/>), would pass a limit. What comes back may
/// pass a limit by the length of one answer.
/// </remarks>
public sealed record JudgeBudget
{
    /// <summary>No limit.</summary>
    public static JudgeBudget Unlimited { get; } = new();

    /// <summary>Most calls.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>Most tokens, sent and answered together.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Most money, in the currency of <see cref="Prices"/>.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Most time from the first question on; a call that is under way then is given up.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>What tokens cost; needed for <see cref="MaxCost"/>, and reported as the attribution's cost where given.</summary>
    public JudgePrices? Prices { get; init; }

    internal JudgeBudget Checked()
    {
        if (MaxCalls is { } calls)
            ArgumentOutOfRangeException.ThrowIfNegative(calls, nameof(MaxCalls));
        if (MaxTokens is { } tokens)
            ArgumentOutOfRangeException.ThrowIfNegative(tokens, nameof(MaxTokens));
        if (MaxCost is { } cost)
            ArgumentOutOfRangeException.ThrowIfNegative(cost, nameof(MaxCost));
        if (MaxTime is { } time)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero, nameof(MaxTime));
        if (Prices is { InputPerMillion: < 0 } or { OutputPerMillion: < 0 })
            throw new ArgumentOutOfRangeException(nameof(Prices), Prices, "A price per million tokens is 0 or more.");
        return MaxCost is null || Prices is not null
            ? this
            : throw new ArgumentException("A limit of money needs the model's prices per million tokens.", nameof(Prices));
    }
}
