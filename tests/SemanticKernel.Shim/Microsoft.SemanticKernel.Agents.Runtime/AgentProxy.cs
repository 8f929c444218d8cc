using System.Text.Json;

namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>An actor seen through its runtime.</summary>
public class AgentProxy(AgentId agentId, IAgentRuntime runtime)
{
    private AgentMetadata? _metadata;

    public AgentId Id { get; } = agentId;

    public AgentMetadata Metadata => _metadata ??= runtime.GetAgentMetadataAsync(Id).AsTask().GetAwaiter().GetResult();

    public ValueTask<object?> SendMessageAsync(
        object message, AgentId sender, string? messageId = null, CancellationToken cancellationToken = default) =>
        runtime.SendMessageAsync(message, Id, sender, messageId, cancellationToken);

    public ValueTask LoadStateAsync(JsonElement state) => runtime.LoadAgentStateAsync(Id, state);

    public ValueTask<JsonElement> SaveStateAsync() => runtime.SaveAgentStateAsync(Id);
}
