using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors;

/// <summary>Rankings of methods that name steps without weighing all of them.</summary>
internal static class StepRanking
{
    /// <summary>All steps alike, in order.</summary>
    public static IReadOnlyList<StepBlame> Uniform(IReadOnlyList<Step> steps) =>
        [.. steps.Select(step => new StepBlame(step.Index, step.Agent, 1.0 / steps.Count))];

    /// <summary>One step with a probability, never below an equal share, and the rest sharing what is left.</summary>
    public static IReadOnlyList<StepBlame> Led(IReadOnlyList<Step> steps, int leader, double probability)
    {
        double first = steps.Count == 1 ? 1 : Math.Max(probability, 1.0 / steps.Count);
        double other = steps.Count == 1 ? 0 : (1 - first) / (steps.Count - 1);
        return [.. steps.Select(step => new StepBlame(step.Index, step.Agent, step.Index == leader ? first : other))
            .OrderBy(blame => blame.Step == leader ? 0 : 1)];
    }
}
