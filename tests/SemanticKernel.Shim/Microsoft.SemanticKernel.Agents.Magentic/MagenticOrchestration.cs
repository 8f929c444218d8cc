using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>Text in, text out.</summary>
[Experimental("SKEXP0110")]
public sealed class MagenticOrchestration(MagenticManager manager, params Agent[] members)
    : MagenticOrchestration<string, string>(manager, members);
