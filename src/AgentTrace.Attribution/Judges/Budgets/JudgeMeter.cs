using AgentTrace.Attribution.Attributors;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Judges.Budgets;

/// <summary>Counts what was asked and says whether the budget allows more. For use from several threads.</summary>
internal sealed class JudgeMeter(JudgeBudget budget, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private long? _started;
    private int _calls;
    private long _inputTokens;
    private long _outputTokens;
    private bool _isEstimated;

    public AttributionCost Cost
    {
        get
        {
            lock (_lock)
                return new(_calls, _inputTokens, _outputTokens) { Money = budget.Prices?.CostOf(_inputTokens, _outputTokens), IsEstimated = _isEstimated };
        }
    }

    /// <summary>What is left of the time; null where time is not limited.</summary>
    public TimeSpan? TimeLeft
    {
        get
        {
            lock (_lock)
                return budget.MaxTime is not { } most ? null : most - (_started is { } from ? clock.GetElapsedTime(from) : TimeSpan.Zero);
        }
    }

    /// <summary>Takes one call out of the budget, or nothing when a question of so many tokens would pass it.</summary>
    public bool TryStart(long inputTokens)
    {
        lock (_lock)
        {
            _started ??= clock.GetTimestamp();
            if (ShareOf(inputTokens) > 1)
                return false;
            _calls++;
            return true;
        }
    }

    /// <summary>How much of what is left a question of so many tokens would take, by the tightest limit: above 1 it cannot be asked, 0 with no limit.</summary>
    public double ShareOf(long inputTokens)
    {
        lock (_lock)
        {
            double share = 0;
            if (budget.MaxCalls is { } calls)
                share = Math.Max(share, Share(1, calls - _calls));
            if (budget.MaxTokens is { } tokens)
                share = Math.Max(share, Share(inputTokens, tokens - _inputTokens - _outputTokens));
            if (budget is { MaxCost: { } cost, Prices: { } prices })
                share = Math.Max(share, Share((double)prices.CostOf(inputTokens, 0), (double)(cost - prices.CostOf(_inputTokens, _outputTokens))));
            if (budget.MaxTime is { } time && _started is { } from && clock.GetElapsedTime(from) >= time)
                share = double.PositiveInfinity;
            return share;
        }
    }

    /// <summary>Books what a call used, as reported or else as estimated.</summary>
    public void Add(UsageDetails? usage, long estimatedInput, string answer)
    {
        lock (_lock)
        {
            _inputTokens += usage?.InputTokenCount ?? estimatedInput;
            _outputTokens += usage?.OutputTokenCount ?? TokenEstimate.Of(answer);
            _isEstimated |= usage?.InputTokenCount is null || usage.OutputTokenCount is null;
        }
    }

    private static double Share(double part, double left) => left <= 0 ? double.PositiveInfinity : part / left;
}
