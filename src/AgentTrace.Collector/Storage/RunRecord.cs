using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Collector.Storage;

/// <summary>One finished run as the collector keeps it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Spans">How many spans of its trace came before it was handed on.</param>
/// <param name="FinishedAt">When it was handed on.</param>
public sealed record RunRecord(AgentRun Run, int Spans, DateTimeOffset FinishedAt)
{
    /// <summary>The verdict; null while there is none and for a run that did not fail.</summary>
    public FailureAttribution? Attribution { get; init; }

    /// <summary>The <c>service.name</c> of the app that ran it; null where it is not known.</summary>
    public string? Service { get; init; }

    /// <summary>What its trace lacked when it was handed on; null where nothing did.</summary>
    public Completeness? Completeness { get; init; }

    /// <summary>How many verdicts on it were sent into its trace.</summary>
    public int Revision { get; init; }
}
