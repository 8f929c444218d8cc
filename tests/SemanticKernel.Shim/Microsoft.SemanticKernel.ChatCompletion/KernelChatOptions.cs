using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Chat options that remember the kernel they were made for.</summary>
internal sealed class KernelChatOptions : ChatOptions
{
    private KernelChatOptions(Kernel kernel, ChatOptions? options) : base(options) => Kernel = kernel;

    public Kernel Kernel { get; }

    public override ChatOptions Clone() => new KernelChatOptions(Kernel, this);

    /// <summary>The options of a request: the functions the settings offer, as tools.</summary>
    public static ChatOptions? Of(PromptExecutionSettings? settings, Kernel? kernel, ChatHistory history)
    {
        if (settings is null)
            return null;
        FunctionChoiceBehaviorConfiguration? choice =
            settings.FunctionChoiceBehavior?.GetConfiguration(new(history) { Kernel = kernel });
        return new KernelChatOptions(kernel ?? new Kernel(), null)
        {
            ModelId = settings.ModelId,
            Tools = choice?.Functions is { Count: > 0 } functions ? [.. functions] : null,
        };
    }
}
