namespace AgentTrace.Attribution.Runs;

/// <summary>One run of one or more agents towards one goal, as an attributor reads it.</summary>
public sealed record AgentRun
{
    /// <summary>The trace id in lower-case hex, or the log's own id.</summary>
    public required string Id { get; init; }

    /// <summary>The file the run was read from; null for a trace.</summary>
    public string? Source { get; init; }

    /// <summary>The workflow's name, where it has one.</summary>
    public string? Name { get; init; }

    /// <summary>The version of the service that ran it: <c>service.version</c> of the first of its spans that has one; null where none has.</summary>
    public string? ServiceVersion { get; init; }

    /// <summary>What the run was asked to do, where content was captured.</summary>
    public string? Task { get; init; }

    /// <summary>The right answer to <see cref="Task"/>, where it is known.</summary>
    public string? ExpectedAnswer { get; init; }

    /// <summary>How the run ended.</summary>
    public RunOutcome Outcome { get; init; }

    /// <summary>Why <see cref="Outcome"/> is what it is, in words.</summary>
    public string? OutcomeReason { get; init; }

    /// <summary>Hex id of the trace's root span; null for a log.</summary>
    public string? RootSpanId { get; init; }

    /// <summary>When the root span started; null for a log without times.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When the root span ended; null for a log without times.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>The agents' turns in order; <c>Steps[i].Index == i</c>.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }
}
