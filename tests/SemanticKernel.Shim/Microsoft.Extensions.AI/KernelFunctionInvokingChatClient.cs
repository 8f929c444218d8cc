using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.FunctionCalling;

namespace Microsoft.Extensions.AI;

/// <summary>Invokes kernel functions as the kernel does, inside the <c>execute_tool</c> its base wrote: the span is there twice.</summary>
internal sealed class KernelFunctionInvokingChatClient(
    IChatClient innerClient, ILoggerFactory? loggerFactory, IServiceProvider? functionInvocationServices)
    : FunctionInvokingChatClient(innerClient, loggerFactory, functionInvocationServices)
{
    protected override async ValueTask<object?> InvokeFunctionAsync(FunctionInvocationContext context, CancellationToken cancellationToken)
    {
        if (context.Options is not KernelChatOptions options || context.Function is not KernelFunction function)
            return await base.InvokeFunctionAsync(context, cancellationToken).ConfigureAwait(false);

        ChatHistory history = [.. context.Messages.Select(message => ChatMessages.To(message))];
        AutoFunctionInvocationContext automatic = new(options.Kernel, function, new FunctionResult(function), history, history[^1])
        {
            Arguments = new KernelArguments(context.Arguments),
            RequestSequenceIndex = context.Iteration,
            FunctionSequenceIndex = context.FunctionCallIndex,
            FunctionCount = context.FunctionCount,
            CancellationToken = cancellationToken,
            IsStreaming = context.IsStreaming,
            ToolCallId = context.CallContent.CallId,
        };
        await FunctionCallsProcessor.RunFiltersAsync(automatic, cancellationToken).ConfigureAwait(false);
        context.Terminate = automatic.Terminate;
        return automatic.Result.Value;
    }
}
