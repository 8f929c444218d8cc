using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;

namespace AgentTrace.Benchmarks.Turns;

/// <summary>What a careful user would write by hand for the same span with the same tags, errors and Activity.Current kept right over yields.</summary>
internal static class HandWrittenTurn
{
    private static readonly ActivitySource Source = new("ByHand");
    private static int s_turns;

    public static async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> TraceAsync(
        Agent agent, IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        KeyValuePair<string, object?>[] tags = [new("gen_ai.operation.name", "invoke_agent"), new("gen_ai.agent.name", agent.Name)];
        using Activity? activity = Source.StartActivity($"invoke_agent {agent.Name}", ActivityKind.Internal, default(ActivityContext), tags);
        activity?.SetTag("agenttrace.turn.index", Interlocked.Increment(ref s_turns));
        IAsyncEnumerator<AgentResponseItem<ChatMessageContent>> each = items.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                Activity? caller = Activity.Current;
                Activity.Current = activity;
                try
                {
                    if (!await each.MoveNextAsync().ConfigureAwait(false))
                        break;
                }
                catch (Exception e)
                {
                    activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                    activity?.AddException(e);
                    throw;
                }
                finally
                {
                    Activity.Current = caller;
                }

                yield return each.Current;
            }
        }
        finally
        {
            await each.DisposeAsync().ConfigureAwait(false);
        }
    }
}
