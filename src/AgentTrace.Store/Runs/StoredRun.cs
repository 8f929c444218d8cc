namespace AgentTrace.Store.Runs;

/// <summary>One finished run: what lists and searches need, and the whole of it as a document.</summary>
public sealed record StoredRun
{
    /// <summary>Its trace.</summary>
    public required UInt128 TraceId { get; init; }

    /// <summary>The workflow's name; null where it has none.</summary>
    public string? Name { get; init; }

    /// <summary>The <c>service.name</c> of the app that ran it; null where it is not known.</summary>
    public string? Service { get; init; }

    /// <summary>How it ended: <c>failure</c>, <c>success</c> or <c>unknown</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>How many steps it has.</summary>
    public int Steps { get; init; }

    /// <summary>When it was complete, to the microsecond.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>What was decided: <c>decisive_error</c>, <c>no_agent_at_fault</c>, <c>abstained</c>; null while there is no verdict.</summary>
    public string? Verdict { get; init; }

    /// <summary>The agent that is blamed.</summary>
    public string? Agent { get; init; }

    /// <summary>The step that is blamed, 0-based.</summary>
    public int? Step { get; init; }

    /// <summary>The kind of failure.</summary>
    public string? Category { get; init; }

    /// <summary>The method that decided.</summary>
    public string? Method { get; init; }

    /// <summary>Probability 0..1 that the blamed step is right.</summary>
    public double? Confidence { get; init; }

    /// <summary>The run and its verdict as the collector writes them; empty in a list.</summary>
    public ReadOnlyMemory<byte> Document { get; init; }
}
