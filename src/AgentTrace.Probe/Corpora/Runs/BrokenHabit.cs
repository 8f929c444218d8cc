namespace AgentTrace.Probe.Corpora.Runs;

/// <summary>How a made-up run goes wrong.</summary>
public enum BrokenHabit
{
    /// <summary>An agent makes the same call over and over.</summary>
    Loop,

    /// <summary>Two agents hand the work to each other and neither does any.</summary>
    PingPong,

    /// <summary>A call fails, and the agent hands its work over as if it had not.</summary>
    IgnoredError,

    /// <summary>The manager answers before anyone has done anything.</summary>
    EarlyEnd,
}
