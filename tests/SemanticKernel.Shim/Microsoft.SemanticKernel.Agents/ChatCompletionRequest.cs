using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>Everything one turn needs.</summary>
/// <param name="Kernel">Functions and filters.</param>
/// <param name="Service">The model.</param>
/// <param name="Settings">How to call it.</param>
/// <param name="History">The conversation, which the turn's messages are added to.</param>
/// <param name="Chat">What the model is shown: instructions, then the conversation.</param>
internal sealed record ChatCompletionRequest(
    Kernel Kernel, IChatCompletionService Service, PromptExecutionSettings? Settings, ChatHistory History, ChatHistory Chat);
