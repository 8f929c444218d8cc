namespace AgentTrace.Attribution.Attributors;

/// <summary>What an attributor decided.</summary>
public enum AttributionVerdict
{
    /// <summary>A step and its agent are named.</summary>
    DecisiveError,

    /// <summary>The run failed through no agent's error.</summary>
    NoAgentAtFault,

    /// <summary>The evidence is too thin to name anyone.</summary>
    Abstained,
}
