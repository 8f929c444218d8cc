using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>
/// Answers function calls until the model makes none. Writes <c>orchestrate_tools</c> around them, unless an agent's span is current, and
/// <c>execute_tool</c> for each.
/// </summary>
public class FunctionInvokingChatClient : DelegatingChatClient
{
    private readonly ActivitySource? _source;

    public FunctionInvokingChatClient(
        IChatClient innerClient, ILoggerFactory? loggerFactory = null, IServiceProvider? functionInvocationServices = null)
        : base(innerClient)
    {
        _source = innerClient.GetService<ActivitySource>();
        FunctionInvocationServices = functionInvocationServices;
    }

    /// <summary>Requests to the model before its calls are left unanswered.</summary>
    public int MaximumIterationsPerRequest { get; set; } = 40;

    protected IServiceProvider? FunctionInvocationServices { get; }

    private static bool InAgent => Activity.Current?.DisplayName is { } name
        && (name.StartsWith("invoke_agent", StringComparison.Ordinal) || name.StartsWith("invoke_workflow", StringComparison.Ordinal));

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using Activity? activity = InAgent ? null : _source?.StartActivity("orchestrate_tools");
        List<ChatMessage> history = [.. messages];
        List<ChatMessage> added = [];
        UsageDetails usage = new();
        for (int iteration = 0; ; iteration++)
        {
            ChatResponse response = await base.GetResponseAsync(history, options, cancellationToken).ConfigureAwait(false);
            added.AddRange(response.Messages);
            if (response.Usage is not null)
                usage.Add(response.Usage);
            history.AddRange(response.Messages);
            FunctionCalls calls = new(history, response.Messages, options, iteration, isStreaming: false);
            bool goOn = iteration < MaximumIterationsPerRequest
                && await AnswerAsync(calls, cancellationToken).ConfigureAwait(false);
            if (calls.Answer is not null)
                added.Add(calls.Answer);
            if (goOn)
                continue;
            response.Messages = added;
            response.Usage = usage;
            return response;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using Activity? activity = InAgent ? null : _source?.StartActivity("orchestrate_tools");
        List<ChatMessage> history = [.. messages];
        for (int iteration = 0; ; iteration++)
        {
            List<ChatResponseUpdate> updates = [];
            IAsyncEnumerable<ChatResponseUpdate> inner = base.GetStreamingResponseAsync(history, options, cancellationToken);
            await foreach (ChatResponseUpdate update in inner.ConfigureAwait(false))
            {
                updates.Add(update);
                yield return update;
                if (activity is not null)
                    Activity.Current = activity;
            }

            IList<ChatMessage> replies = updates.ToChatResponse().Messages;
            history.AddRange(replies);
            FunctionCalls calls = new(history, replies, options, iteration, isStreaming: true);
            bool goOn = iteration < MaximumIterationsPerRequest
                && await AnswerAsync(calls, cancellationToken).ConfigureAwait(false);
            if (calls.Answer is not null)
            {
                yield return new ChatResponseUpdate(ChatRole.Tool, calls.Answer.Contents);
                if (activity is not null)
                    Activity.Current = activity;
            }

            if (!goOn)
                yield break;
        }
    }

    protected virtual ValueTask<object?> InvokeFunctionAsync(FunctionInvocationContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Function.InvokeAsync(context.Arguments, cancellationToken);
    }

    /// <returns>Whether the model is to be asked again.</returns>
    private async Task<bool> AnswerAsync(FunctionCalls calls, CancellationToken cancellationToken)
    {
        foreach (FunctionInvocationContext context in calls.Contexts(FunctionInvocationServices))
        {
            object? result = await TryInvokeAsync(context, cancellationToken).ConfigureAwait(false);
            calls.Add(new FunctionResultContent(context.CallContent.CallId, result));
            if (context.Terminate)
                return false;
        }

        return calls.Answer is not null;
    }

    /// <summary>A function that throws does not fail the turn: the model is told.</summary>
    private async Task<object?> TryInvokeAsync(FunctionInvocationContext context, CancellationToken cancellationToken)
    {
        ActivitySource? source = InAgent ? Activity.Current!.Source : _source;
        using Activity? activity = source?.StartActivity(
            $"execute_tool {context.Function.Name}",
            ActivityKind.Internal,
            default(ActivityContext),
            [
                new("gen_ai.operation.name", "execute_tool"),
                new("gen_ai.tool.type", "function"),
                new("gen_ai.tool.call.id", context.CallContent.CallId),
                new("gen_ai.tool.name", context.Function.Name),
                new("gen_ai.tool.description", context.Function.Description),
            ]);
        try
        {
            return await InvokeFunctionAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ChatSpan.SetError(activity, exception);
            return "Error: Function failed.";
        }
    }
}
