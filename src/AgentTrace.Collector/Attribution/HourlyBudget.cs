using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Collector.Attribution;

/// <summary>What the model cost in the last hour. What is asked at the same time may go over the bound by what is under way, never by more.</summary>
internal sealed class HourlyBudget(AttributionOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Queue<(long At, AttributionCost Cost)> _spent = new();
    private long _calls;
    private long _tokens;

    /// <summary>Why nothing may be spent now, or null when something may.</summary>
    public string? Exhausted()
    {
        lock (_lock)
        {
            while (_spent.TryPeek(out (long At, AttributionCost Cost) oldest) && clock.GetElapsedTime(oldest.At) >= Hour)
                Count(_spent.Dequeue().Cost, -1);
            return options.MaxJudgeCallsPerHour is { } calls && _calls >= calls ? $"the budget of {calls} model calls an hour is spent"
                : options.MaxTokensPerHour is { } tokens && _tokens >= tokens ? $"the budget of {tokens} tokens an hour is spent"
                : null;
        }
    }

    public void Spend(AttributionCost cost)
    {
        if (cost.JudgeCalls == 0)
            return;
        lock (_lock)
        {
            _spent.Enqueue((clock.GetTimestamp(), cost));
            Count(cost, 1);
        }
    }

    private void Count(AttributionCost cost, int sign)
    {
        _calls += sign * cost.JudgeCalls;
        _tokens += sign * (cost.InputTokens + cost.OutputTokens);
    }
}
