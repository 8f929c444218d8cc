using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Sequential;

/// <summary>Text in, text out.</summary>
[Experimental("SKEXP0110")]
public sealed class SequentialOrchestration(params Agent[] members) : SequentialOrchestration<string, string>(members);
