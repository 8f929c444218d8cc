using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

/// <summary>A function that renders a prompt and asks the kernel's chat service.</summary>
internal sealed class KernelFunctionFromPrompt(
    KernelFunctionMetadata metadata, IPromptTemplate template, IReadOnlyDictionary<string, PromptExecutionSettings>? settings)
    : KernelFunction(metadata, settings is { Count: > 0 } ? settings : null)
{
    public override KernelFunction Clone(string? pluginName = null) =>
        new KernelFunctionFromPrompt(new KernelFunctionMetadata(Metadata) { PluginName = pluginName }, template, ExecutionSettings);

    protected override async ValueTask<FunctionResult> InvokeCoreAsync(
        Kernel kernel, KernelArguments arguments, CancellationToken cancellationToken)
    {
        (IChatCompletionService service, PromptExecutionSettings? used) = ChatServices.Select(kernel, arguments, this);
        PromptRenderContext context = await RenderAsync(kernel, arguments, used, isStreaming: false, cancellationToken)
            .ConfigureAwait(false);
        if (context.Result is not null)
            return context.Result;

        ChatMessageContent reply = await service
            .GetChatMessageContentAsync(context.RenderedPrompt!, used, kernel, cancellationToken).ConfigureAwait(false);
        return new FunctionResult(this, reply, kernel.Culture, reply.Metadata) { RenderedPrompt = context.RenderedPrompt };
    }

    protected override async IAsyncEnumerable<TResult> InvokeStreamingCoreAsync<TResult>(
        Kernel kernel, KernelArguments arguments, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (IChatCompletionService service, PromptExecutionSettings? used) = ChatServices.Select(kernel, arguments, this);
        PromptRenderContext context = await RenderAsync(kernel, arguments, used, isStreaming: true, cancellationToken)
            .ConfigureAwait(false);
        IAsyncEnumerable<StreamingChatMessageContent> updates =
            service.GetStreamingChatMessageContentsAsync(context.RenderedPrompt!, used, kernel, cancellationToken);
        await foreach (StreamingChatMessageContent update in updates.ConfigureAwait(false))
            yield return typeof(TResult) == typeof(string) ? (TResult)(object)update.ToString() : (TResult)(object)update;
    }

    private async Task<PromptRenderContext> RenderAsync(
        Kernel kernel, KernelArguments arguments, PromptExecutionSettings? used, bool isStreaming, CancellationToken cancellationToken)
    {
        PromptRenderContext context = new(kernel, this, arguments)
        {
            CancellationToken = cancellationToken,
            IsStreaming = isStreaming,
            ExecutionSettings = used,
        };
        await kernel.RunPromptFiltersAsync(
            context,
            async current => current.RenderedPrompt =
                await template.RenderAsync(kernel, arguments, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        return context;
    }
}
