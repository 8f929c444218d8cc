using System.Text.Json;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Connectors.FunctionCalling;

/// <summary>The part every connector shares: invokes the functions a model asked for and puts call and results into the history.</summary>
internal static class FunctionCallsProcessor
{
    private const int MaximumRequests = 128;

    public static FunctionChoiceBehaviorConfiguration? Configure(
        PromptExecutionSettings? settings, ChatHistory history, int requestIndex, Kernel? kernel)
    {
        FunctionChoiceBehaviorConfiguration? configuration =
            settings?.FunctionChoiceBehavior?.GetConfiguration(new(history) { Kernel = kernel, RequestSequenceIndex = requestIndex });
        if (configuration is not null)
            configuration.AutoInvoke = configuration.AutoInvoke && kernel is not null && requestIndex < MaximumRequests;
        return configuration;
    }

    /// <returns>The last message when a filter ended the turn, else null.</returns>
    public static async Task<ChatMessageContent?> InvokeAsync(
        ChatMessageContent reply,
        PromptExecutionSettings? settings,
        ChatHistory history,
        int requestIndex,
        Kernel kernel,
        bool isStreaming,
        CancellationToken cancellationToken)
    {
        history.Add(reply);
        FunctionCallContent[] calls = [.. FunctionCallContent.GetFunctionCalls(reply)];
        for (int index = 0; index < calls.Length; index++)
        {
            FunctionCallContent call = calls[index];
            if (!kernel.Plugins.TryGetFunction(call.PluginName, call.FunctionName, out KernelFunction? function))
            {
                history.Add(ToolMessage(call, "Error: Requested function could not be found. Correct yourself."));
                continue;
            }

            AutoFunctionInvocationContext context =
                new(kernel, function, new FunctionResult(function, culture: kernel.Culture), history, reply)
            {
                Arguments = call.Arguments ?? [],
                RequestSequenceIndex = requestIndex,
                FunctionSequenceIndex = index,
                FunctionCount = calls.Length,
                CancellationToken = cancellationToken,
                IsStreaming = isStreaming,
                ToolCallId = call.Id,
                ExecutionSettings = settings,
            };
            history.Add(ToolMessage(call, await InvokeOneAsync(context, cancellationToken).ConfigureAwait(false)));
            if (context.Terminate)
                return history[^1];
        }

        return null;
    }

    /// <summary>The function inside the kernel's filters; a filter that terminates beforehand keeps it from being called.</summary>
    public static Task RunFiltersAsync(AutoFunctionInvocationContext context, CancellationToken cancellationToken)
    {
        IList<IAutoFunctionInvocationFilter> filters = context.Kernel.AutoFunctionInvocationFilters;
        return RunFromAsync(0, context);

        Task RunFromAsync(int index, AutoFunctionInvocationContext current)
        {
            if (index < filters.Count)
                return filters[index].OnAutoFunctionInvocationAsync(current, next => RunFromAsync(index + 1, next));
            return current.Terminate ? Task.CompletedTask : InvokeAsync(current);
        }

        async Task InvokeAsync(AutoFunctionInvocationContext current) => current.Result =
            await current.Function.InvokeAsync(current.Kernel, current.Arguments, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A function that throws does not fail the turn: the model is told.</summary>
    private static async Task<string> InvokeOneAsync(AutoFunctionInvocationContext context, CancellationToken cancellationToken)
    {
        try
        {
            await RunFiltersAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return $"Error: Exception while invoking function. {exception.Message}";
        }

        return context.Result.Value switch
        {
            null => "",
            string text => text,
            ChatMessageContent message => message.ToString(),
            { } other => JsonSerializer.Serialize(other),
        };
    }

    private static ChatMessageContent ToolMessage(FunctionCallContent call, string result)
    {
        ChatMessageContent message = new(AuthorRole.Tool, result);
        message.Items.Add(new FunctionResultContent(call, result));
        return message;
    }
}
