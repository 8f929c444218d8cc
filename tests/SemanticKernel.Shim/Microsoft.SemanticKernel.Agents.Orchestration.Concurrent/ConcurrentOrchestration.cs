using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Concurrent;

/// <summary>Text in, the texts of all agents out, in the order they came.</summary>
[Experimental("SKEXP0110")]
public sealed class ConcurrentOrchestration : ConcurrentOrchestration<string, string[]>
{
    public ConcurrentOrchestration(params Agent[] members) : base(members) =>
        ResultTransform = (response, _) => ValueTask.FromResult<string[]>([.. response.Select(message => message.Content ?? "")]);
}
