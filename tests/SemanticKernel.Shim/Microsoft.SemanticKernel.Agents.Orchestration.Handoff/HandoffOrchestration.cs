using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>Text in, text out.</summary>
[Experimental("SKEXP0110")]
public sealed class HandoffOrchestration(OrchestrationHandoffs handoffs, params Agent[] members)
    : HandoffOrchestration<string, string>(handoffs, members);
