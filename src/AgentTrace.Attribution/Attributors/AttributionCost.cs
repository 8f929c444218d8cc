namespace AgentTrace.Attribution.Attributors;

/// <summary>What an attribution cost.</summary>
/// <param name="JudgeCalls">How often a model was asked.</param>
/// <param name="InputTokens">Tokens sent, as the model reported them; 0 when it reports none.</param>
/// <param name="OutputTokens">Tokens answered, as the model reported them; 0 when it reports none.</param>
public sealed record AttributionCost(int JudgeCalls, long InputTokens, long OutputTokens)
{
    /// <summary>No model was asked.</summary>
    public static AttributionCost None { get; } = new(0, 0, 0);
}
