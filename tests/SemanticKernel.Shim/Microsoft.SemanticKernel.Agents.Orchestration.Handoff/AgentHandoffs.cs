using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>The targets of one agent: name and when to hand off.</summary>
[Experimental("SKEXP0110")]
public sealed class AgentHandoffs : Dictionary<string, string>
{
    public AgentHandoffs()
    {
    }

    public AgentHandoffs(Dictionary<string, string> handoffs) : base(handoffs)
    {
    }
}
