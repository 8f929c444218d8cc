namespace AgentTrace.Attribution.Runs;

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Nobody has said.</summary>
    Unknown,

    /// <summary>It reached its goal.</summary>
    Success,

    /// <summary>It did not.</summary>
    Failure,
}
