using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>To whom an agent may hand off, by name.</summary>
internal sealed class HandoffLookup : Dictionary<string, (AgentType AgentType, string Description)>;
