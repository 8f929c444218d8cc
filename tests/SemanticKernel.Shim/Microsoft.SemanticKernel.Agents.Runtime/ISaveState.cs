using System.Text.Json;

namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>Something whose state can be kept.</summary>
public interface ISaveState
{
    ValueTask<JsonElement> SaveStateAsync();

    ValueTask LoadStateAsync(JsonElement state);
}
