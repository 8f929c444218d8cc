using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>Who begins, and who may hand off to whom.</summary>
[Experimental("SKEXP0110")]
public sealed class OrchestrationHandoffs : Dictionary<string, AgentHandoffs>
{
    public OrchestrationHandoffs(Agent firstAgent) : this(firstAgent.Name ?? firstAgent.Id)
    {
    }

    public OrchestrationHandoffs(string firstAgentName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(firstAgentName);
        FirstAgentName = firstAgentName;
    }

    public string FirstAgentName { get; }

    public static OrchestrationHandoffs StartWith(Agent source) => new(source);
}
