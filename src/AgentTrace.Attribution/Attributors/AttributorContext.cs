using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Attributors;

/// <summary>What a method may be made from; each takes what it needs.</summary>
public sealed record AttributorContext
{
    /// <summary>The model for the methods that ask one; null where none is configured. The caller keeps it and disposes it.</summary>
    public IChatClient? Judge { get; init; }

    /// <summary>Settings of the methods that ask a model.</summary>
    public JudgeMethodOptions Options { get; init; } = new();

    /// <summary>What was learned from labelled runs, for the method learned and as the prior of bayesian-search; null where there is none.</summary>
    public StepRanker? Ranker { get; init; }

    /// <summary>A model of how the system's runs go, whose surprise the methods structural and learned count; null where there is none.</summary>
    public ITraceModel? TraceModel { get; init; }

    /// <summary>What a step is worth that <see cref="TraceModel"/> did not expect at all, in log-odds, from 0 on.</summary>
    public double TraceModelWeight { get; init; } = 1;

    /// <summary>Where bayesian-search starts; null for the ranker, or the structural method where there is none.</summary>
    public IFailureAttributor? Prior { get; init; }

    /// <summary>How far the judge can be trusted; null for <see cref="JudgeReliability.Unmeasured"/>.</summary>
    public JudgeReliability? Reliability { get; init; }

    /// <summary>More runs of the same scenarios, failed and passed, for the methods that compare runs.</summary>
    public IReadOnlyList<AgentRun> OtherRuns { get; init; } = [];
}
