namespace Microsoft.Agents.AI.Workflows;

/// <summary>Agents in a row: the only shape of workflow this shim has.</summary>
public class Workflow
{
    internal Workflow(IReadOnlyList<AIAgent> agents) => Agents = agents;

    public string StartExecutorId => ExecutorId(Agents[0]);

    public string? Name { get; internal init; }

    public string? Description { get; internal init; }

    internal IReadOnlyList<AIAgent> Agents { get; }

    internal static string ExecutorId(AIAgent agent) => agent.Name is null ? agent.Id : $"{agent.Name}_{agent.Id}";
}
