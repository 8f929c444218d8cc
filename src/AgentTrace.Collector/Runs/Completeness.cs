using System.Text.Json.Serialization;

namespace AgentTrace.Collector.Runs;

/// <summary>How much of a run is there to judge by.</summary>
/// <param name="Findings">What is missing, each in words; empty for a whole run.</param>
/// <param name="Factor">What a verdict's confidence is multiplied with, 0..1.</param>
/// <param name="IsEnough">False when so much is missing that nobody may be blamed.</param>
public sealed record Completeness(IReadOnlyList<string> Findings, double Factor, bool IsEnough)
{
    /// <summary>Nothing is missing.</summary>
    public static Completeness Whole { get; } = new([], 1, true);

    /// <summary>The findings as one sentence.</summary>
    [JsonIgnore]
    public string Words => $"The trace is incomplete: {string.Join("; ", Findings)}.";
}
