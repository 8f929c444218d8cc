namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Where an agent's name is set when it is created.</summary>
internal enum AgentNamePlace
{
    /// <summary>It cannot be seen: nothing is to be said about the name.</summary>
    Unknown,

    /// <summary>In the agent's object initializer.</summary>
    Initializer,

    /// <summary>In an argument.</summary>
    Argument,

    /// <summary>In the initializer of the options that are given to it.</summary>
    Options,
}
