namespace Microsoft.Agents.AI.Workflows;

/// <summary>Prebuilt workflows. They emit no span of their own.</summary>
public static class AgentWorkflowBuilder
{
    /// <exception cref="ArgumentException">No agent is given.</exception>
    public static Workflow BuildSequential(params IEnumerable<AIAgent> agents) => Build(null, agents);

    /// <exception cref="ArgumentException">No agent is given.</exception>
    public static Workflow BuildSequential(string workflowName, params IEnumerable<AIAgent> agents) => Build(workflowName, agents);

    private static Workflow Build(string? name, IEnumerable<AIAgent> agents)
    {
        AIAgent[] all = [.. agents];
        return all.Length > 0
            ? new Workflow(all) { Name = name }
            : throw new ArgumentException("At least one agent must be provided.", nameof(agents));
    }
}
