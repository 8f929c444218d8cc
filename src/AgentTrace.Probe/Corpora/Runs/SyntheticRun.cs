namespace AgentTrace.Probe.Corpora.Runs;

/// <summary>A made-up run.</summary>
/// <param name="Words">Its events.</param>
/// <param name="Steps">For each event the 0-based step in which it happens; -1 for the run's start.</param>
/// <param name="BrokenAt">0-based index of the first step that no healthy run would have taken; null for a healthy run.</param>
public sealed record SyntheticRun(IReadOnlyList<string> Words, IReadOnlyList<int> Steps, int? BrokenAt)
{
    /// <summary>Makes up a run of a team with good habits: the manager hands each part to a specialist, who works, tries again what failed, and hands back; in the end the manager answers.</summary>
    /// <param name="random">Where its randomness comes from.</param>
    public static SyntheticRun Healthy(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new SyntheticRunWriter(random).Write(null);
    }

    /// <summary>Makes up a run of the same team that goes wrong somewhere on its way.</summary>
    /// <param name="habit">How.</param>
    /// <param name="random">Where its randomness comes from.</param>
    public static SyntheticRun Broken(BrokenHabit habit, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return new SyntheticRunWriter(random).Write(habit);
    }
}
