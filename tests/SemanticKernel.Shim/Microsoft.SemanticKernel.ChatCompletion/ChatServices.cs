using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Finds a kernel's chat service, or wraps its chat client as one.</summary>
internal static class ChatServices
{
    /// <exception cref="KernelException">The kernel has neither.</exception>
    public static (IChatCompletionService Service, PromptExecutionSettings? Settings) Select(
        Kernel kernel, KernelArguments? arguments, KernelFunction? function = null)
    {
        arguments ??= [];
        function ??= KernelFunctionFactory.CreateFromPrompt("placeholder");
        if (kernel.ServiceSelector.TrySelectAIService(
            kernel, function, arguments, out IChatCompletionService? service, out PromptExecutionSettings? settings))
        {
            return (service, settings);
        }

        return kernel.ServiceSelector is IChatClientSelector selector
            && selector.TrySelectChatClient(kernel, function, arguments, out IChatClient? client, out settings)
            ? (client.AsChatCompletionService(), settings)
            : throw new KernelException(
                $"No service was found for any of the supported types: {typeof(IChatCompletionService)}, {typeof(IChatClient)}.");
    }
}
