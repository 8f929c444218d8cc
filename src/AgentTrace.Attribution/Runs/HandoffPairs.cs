namespace AgentTrace.Attribution.Runs;

/// <summary>Gives the step that answers a handoff its sender, where the source names the target only.</summary>
internal static class HandoffPairs
{
    /// <summary>Sets <see cref="Step.HandoffFrom"/> on the next step of each agent that was handed to, unless the source has set it.</summary>
    public static void Complete(Step[] steps)
    {
        Dictionary<string, string> waiting = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < steps.Length; i++)
        {
            Step step = steps[i];
            if (waiting.Remove(step.Agent, out string? sender) && step.HandoffFrom is null)
                steps[i] = step with { HandoffFrom = sender };
            if (step.HandoffTo is { } target)
                waiting[target] = step.Agent;
        }
    }
}
