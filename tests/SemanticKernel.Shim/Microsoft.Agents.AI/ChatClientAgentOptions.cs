using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>What a chat client agent is.</summary>
public sealed class ChatClientAgentOptions
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public ChatOptions? ChatOptions { get; set; }

    /// <summary>True to call the client as it is: no function is invoked.</summary>
    public bool UseProvidedChatClientAsIs { get; set; }

    public ChatClientAgentOptions Clone() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        ChatOptions = ChatOptions?.Clone(),
        UseProvidedChatClientAsIs = UseProvidedChatClientAsIs,
    };
}
