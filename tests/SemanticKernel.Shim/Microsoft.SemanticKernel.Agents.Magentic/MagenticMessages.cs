using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>What manager and members say to each other.</summary>
[Experimental("SKEXP0110")]
public static class MagenticMessages
{
    /// <summary>The task, to the manager.</summary>
    public sealed class InputTask
    {
        public IEnumerable<ChatMessageContent> Messages { get; init; } = [];
    }

    /// <summary>Something everybody hears.</summary>
    public sealed class Group
    {
        public IEnumerable<ChatMessageContent> Messages { get; init; } = [];
    }

    /// <summary>Everybody forgets.</summary>
    public sealed class Reset;

    /// <summary>The word is given to a member.</summary>
    public sealed class Speak;

    /// <summary>The run's result.</summary>
    public sealed class Result
    {
        public ChatMessageContent Message { get; init; } = new();
    }
}
