namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>An actor a runtime can host and close.</summary>
public interface IHostableAgent : IAgent
{
    ValueTask CloseAsync();
}
