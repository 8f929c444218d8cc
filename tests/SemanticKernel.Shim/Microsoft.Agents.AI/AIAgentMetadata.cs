namespace Microsoft.Agents.AI;

/// <summary>Whose model an agent uses.</summary>
public sealed class AIAgentMetadata(string? providerName = null)
{
    public string? ProviderName { get; } = providerName;
}
