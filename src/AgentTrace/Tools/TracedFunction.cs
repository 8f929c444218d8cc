using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Spans;
using Microsoft.Extensions.AI;

namespace AgentTrace.Tools;

/// <summary>Records each call of a function as a tool call, unless its caller does so already.</summary>
internal sealed class TracedFunction(AIFunction innerFunction) : DelegatingAIFunction(innerFunction)
{
    public static AIFunction Wrap(AIFunction function) =>
        function.GetService<TracedFunction>() is null ? new TracedFunction(function) : function;

    /// <summary>The options with all functions wrapped; the caller's own options stay as they are.</summary>
    public static ChatOptions? WrapTools(ChatOptions? options)
    {
        if (options?.Tools is not { } tools || !tools.Any(tool => tool is AIFunction))
            return options;

        ChatOptions traced = options.Clone();
        traced.Tools = [.. tools.Select(tool => tool is AIFunction function ? Wrap(function) : tool)];
        return traced;
    }

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        TracedSpan.HasListeners && !IsRecordedByCaller()
            ? InvokeTracedAsync(arguments, cancellationToken)
            : base.InvokeCoreAsync(arguments, cancellationToken);

    private async ValueTask<object?> InvokeTracedAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        using ToolCall call = ToolCall.Start(Name, options: new ToolCallOptions { Description = Description });
        call.Capture(
            GenAiAttributes.ToolCallArguments,
            (arguments, JsonSerializerOptions),
            static call => JsonText.OfArguments(call.arguments, call.JsonSerializerOptions));
        try
        {
            object? result = await base.InvokeCoreAsync(arguments, cancellationToken).ConfigureAwait(false);
            call.Capture(
                GenAiAttributes.ToolCallResult,
                (result, JsonSerializerOptions),
                static call => JsonText.OfResult(call.result, call.JsonSerializerOptions).Text);
            return result;
        }
        catch (Exception exception)
        {
            call.Fail(exception);
            throw;
        }
    }

    private bool IsRecordedByCaller() =>
        Activity.Current is { } current
        && current.GetTagItem(GenAiAttributes.OperationName) is GenAiOperations.ExecuteTool
        && current.GetTagItem(GenAiAttributes.ToolName) is string tool
        && tool == Name;
}
