using System.Text.Json;

namespace Microsoft.Agents.AI;

/// <summary>An answer that is JSON of a type.</summary>
public class AgentResponse<T>(AgentResponse response, JsonSerializerOptions serializerOptions) : AgentResponse(response)
{
    /// <exception cref="InvalidOperationException">The answer is not of the type.</exception>
    public virtual T Result => JsonSerializer.Deserialize<T>(Text, serializerOptions)
        ?? throw new InvalidOperationException($"The answer is no {typeof(T).Name}: '{Text}'.");
}
