namespace Microsoft.Agents.AI;

/// <summary>Starts wrapping an agent.</summary>
public static class AIAgentExtensions
{
    public static AIAgentBuilder AsBuilder(this AIAgent innerAgent) => new(innerAgent);
}
