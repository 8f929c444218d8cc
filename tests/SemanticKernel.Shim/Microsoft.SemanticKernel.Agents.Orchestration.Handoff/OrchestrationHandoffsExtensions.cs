using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>Adds handoffs.</summary>
[Experimental("SKEXP0110")]
public static class OrchestrationHandoffsExtensions
{
    public static OrchestrationHandoffs Add(this OrchestrationHandoffs handoffs, Agent source, params Agent[] targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        foreach (Agent target in targets)
            handoffs.Add(source, target, target.Description ?? "");
        return handoffs;
    }

    public static OrchestrationHandoffs Add(this OrchestrationHandoffs handoffs, Agent source, Agent target, string description)
    {
        ArgumentNullException.ThrowIfNull(target);
        return handoffs.Add(source, target.Name ?? target.Id, description);
    }

    public static OrchestrationHandoffs Add(this OrchestrationHandoffs handoffs, Agent source, string targetName, string description)
    {
        ArgumentNullException.ThrowIfNull(source);
        return handoffs.Add(source.Name ?? source.Id, targetName, description);
    }

    public static OrchestrationHandoffs Add(this OrchestrationHandoffs handoffs, string sourceName, string targetName, string description)
    {
        ArgumentNullException.ThrowIfNull(handoffs);
        if (!handoffs.TryGetValue(sourceName, out AgentHandoffs? targets))
            handoffs[sourceName] = targets = [];
        targets[targetName] = description;
        return handoffs;
    }
}
