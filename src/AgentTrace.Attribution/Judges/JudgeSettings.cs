using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges;

/// <summary>What <see cref="JudgeFactory"/> may need besides a judge's name.</summary>
public sealed record JudgeSettings
{
    /// <summary>Base address of an API-compatible server; the seller's own when null.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Looks a secret up by the name of its environment variable; finds none by default.</summary>
    public Func<string, string?> Secret { get; init; } = static _ => null;

    /// <summary>The labelled runs that a simulated judge may be asked about.</summary>
    public IReadOnlyList<LabeledRun> LabeledRuns { get; init; } = [];

    /// <summary>Which answers of a simulated judge are wrong. Default: 0.</summary>
    public int Seed { get; init; }
}
