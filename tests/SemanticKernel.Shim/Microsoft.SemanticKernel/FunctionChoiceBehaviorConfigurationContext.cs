using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>The request a behaviour decides for.</summary>
public sealed class FunctionChoiceBehaviorConfigurationContext(ChatHistory chatHistory)
{
    public ChatHistory ChatHistory { get; } = chatHistory;

    public Kernel? Kernel { get; init; }

    public int RequestSequenceIndex { get; init; }
}
