namespace AgentTrace.Analyzers.Rules.Streaming;

/// <summary>What becomes of the result of a call.</summary>
internal enum CallFate
{
    /// <summary>Something is done with it, or may be.</summary>
    Used,

    /// <summary>The call is a statement by itself.</summary>
    Dropped,

    /// <summary>It is thrown away on purpose: <c>_ = call()</c>.</summary>
    Discarded,

    /// <summary>It is put into a local variable that is never read.</summary>
    NeverRead,
}
