namespace AgentTrace.Attribution.Attributors;

/// <summary>A verdict on one failed run, with all that is needed to check it.</summary>
public sealed record FailureAttribution
{
    /// <summary>The method's name, for example <c>structural</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The method's version: it changes whenever the same run could get another verdict.</summary>
    public required string MethodVersion { get; init; }

    /// <summary>What was decided.</summary>
    public required AttributionVerdict Verdict { get; init; }

    /// <summary>0-based index of the decisive step; null unless the verdict is <see cref="AttributionVerdict.DecisiveError"/>.</summary>
    public int? Step { get; init; }

    /// <summary>The responsible agent; null unless the verdict is <see cref="AttributionVerdict.DecisiveError"/>.</summary>
    public string? Agent { get; init; }

    /// <summary>Probability 0..1 that <see cref="Step"/> is right; 0 when no step is named.</summary>
    public double Confidence { get; init; }

    /// <summary>Why, in words a person can check against the run.</summary>
    public required string Reason { get; init; }

    /// <summary>All steps by falling probability; empty when the run has no step.</summary>
    public required IReadOnlyList<StepBlame> Ranking { get; init; }

    /// <summary>Hex ids of the spans that the verdict rests on; empty for a log.</summary>
    public IReadOnlyList<string> EvidenceSpanIds { get; init; } = [];

    /// <summary>What it cost.</summary>
    public AttributionCost Cost { get; init; } = AttributionCost.None;
}
