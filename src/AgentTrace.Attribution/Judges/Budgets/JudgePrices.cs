namespace AgentTrace.Attribution.Judges.Budgets;

/// <summary>What a model costs, as its seller states it. Prices change, so they are given and never built in.</summary>
/// <param name="InputPerMillion">Price of a million tokens sent, in the currency that <see cref="JudgeBudget.MaxCost"/> is in.</param>
/// <param name="OutputPerMillion">Price of a million tokens answered, in the same currency.</param>
public sealed record JudgePrices(decimal InputPerMillion, decimal OutputPerMillion)
{
    /// <summary>What so many tokens cost.</summary>
    public decimal CostOf(long inputTokens, long outputTokens) =>
        ((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion)) / 1_000_000m;
}
