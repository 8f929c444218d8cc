namespace AgentTrace.Attribution.Attributors;

/// <summary>What an attribution cost.</summary>
/// <param name="JudgeCalls">How often a model was asked.</param>
/// <param name="InputTokens">Tokens sent, as the model reported them, or estimated where it reports none.</param>
/// <param name="OutputTokens">Tokens answered, as the model reported them, or estimated where it reports none.</param>
public sealed record AttributionCost(int JudgeCalls, long InputTokens, long OutputTokens)
{
    /// <summary>No model was asked.</summary>
    public static AttributionCost None { get; } = new(0, 0, 0);

    /// <summary>What the tokens cost at the prices that were given; null where none were.</summary>
    public decimal? Money { get; init; }

    /// <summary>Whether any of the tokens are an estimate (<see cref="Judges.Budgets.TokenEstimate"/>).</summary>
    public bool IsEstimated { get; init; }
}
