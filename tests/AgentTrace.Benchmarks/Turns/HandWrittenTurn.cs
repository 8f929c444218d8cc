using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;

namespace AgentTrace.Benchmarks.Turns;

/// <summary>
/// What a careful user would write by hand for the same span: the same attributes, errors, and Activity.Current kept right over yields.
/// </summary>
/// <remarks>
/// Left out, though ours does it: content, secrets in error texts, handoffs, the check for a turn of the same agent around this one, and that
/// code inside finds the turn.
/// </remarks>
internal static class HandWrittenTurn
{
    private const string RunProperty = "byhand.run";
    private static readonly ActivitySource Source = new("ByHand");

    /// <summary>Lets the turns inside a run be counted: by run, since a process has many.</summary>
    public static void BeginRun(Activity? run) => run?.SetCustomProperty(RunProperty, new Run());

    public static async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> TraceAsync(
        Agent agent,
        IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> items,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string name = agent.Name ?? agent.Id;
        KeyValuePair<string, object?>[] tags = agent.Description is { Length: > 0 } description
            ? [new("gen_ai.operation.name", "invoke_agent"), new("gen_ai.agent.name", name), new("gen_ai.agent.description", description)]
            : [new("gen_ai.operation.name", "invoke_agent"), new("gen_ai.agent.name", name)];
        using Activity? activity = Source.StartActivity($"invoke_agent {name}", ActivityKind.Internal, default(ActivityContext), tags);
        if (activity is not null && RunOf(activity) is { } run)
            activity.SetTag("agenttrace.turn.index", Interlocked.Increment(ref run.Turns) - 1);
        IAsyncEnumerator<AgentResponseItem<ChatMessageContent>> each = items.GetAsyncEnumerator(cancellationToken);
        // Abandoned until the stream has ended one way or another: who stops reading does not come back here.
        bool abandoned = true;
        bool knowsConversation = false;
        long inputTokens = 0, outputTokens = 0;
        try
        {
            while (true)
            {
                Activity? caller = Activity.Current;
                Activity.Current = activity;
                try
                {
                    if (!await each.MoveNextAsync().ConfigureAwait(false))
                    {
                        abandoned = false;
                        break;
                    }
                }
                catch (Exception e)
                {
                    abandoned = false;
                    activity?.SetTag("error.type", e.GetType().FullName);
                    activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                    activity?.AddException(e);
                    throw;
                }
                finally
                {
                    Activity.Current = caller;
                }

                AgentResponseItem<ChatMessageContent> item = each.Current;
                if (item.Message.Metadata is { } metadata && metadata.TryGetValue("Usage", out object? value) && value is UsageDetails usage)
                {
                    inputTokens += usage.InputTokenCount ?? 0;
                    outputTokens += usage.OutputTokenCount ?? 0;
                }

                if (!knowsConversation)
                {
                    // An in-memory thread's id is known to no service.
                    knowsConversation = true;
                    if (item.Thread is not ChatHistoryAgentThread && item.Thread.Id is { } conversation)
                        activity?.SetTag("gen_ai.conversation.id", conversation);
                }

                yield return item;
            }
        }
        finally
        {
            if (abandoned)
                activity?.SetTag("agenttrace.turn.outcome", "abandoned");
            if (inputTokens > 0 || outputTokens > 0)
            {
                activity?.SetTag("gen_ai.usage.input_tokens", inputTokens);
                activity?.SetTag("gen_ai.usage.output_tokens", outputTokens);
            }

            await each.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Run? RunOf(Activity turn)
    {
        for (Activity? activity = turn.Parent; activity is not null; activity = activity.Parent)
            if (activity.GetCustomProperty(RunProperty) is Run run)
                return run;
        return null;
    }

    private sealed class Run
    {
        public int Turns;
    }
}
