using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Spans;

namespace AgentTrace.Turns;

/// <summary>
/// The turn and the run around the calling code. For the turn, a framework's own <c>invoke_agent</c> span counts as well as ours.
/// </summary>
/// <param name="AgentName">Whose turn it is; null outside any turn.</param>
/// <param name="Turn">The turn, where it is one of ours.</param>
/// <param name="Run">The run; null outside any.</param>
internal readonly record struct EnclosingTurn(string? AgentName, AgentTurn? Turn, AgentRun? Run)
{
    /// <summary>Looks from <paramref name="current"/>, the current activity, outwards; for both in one go.</summary>
    public static EnclosingTurn Find(Activity? current)
    {
        Activity? turn = null;
        AgentRun? run = null;
        for (Activity? activity = current; activity is not null && (turn is null || run is null); activity = activity.Parent)
        {
            TracedSpan? span = TracedSpan.Of(activity);
            run ??= span?.Run;
            if (turn is null && (span is null ? IsInvokeAgent(activity) : span.Turn is not null))
                turn = activity;
        }

        return turn is null
            ? new(null, null, run)
            : new(turn.GetTagItem(GenAiAttributes.AgentName) as string, AgentTurn.Of(turn), run);
    }

    /// <summary>Looks from the current activity.</summary>
    public static EnclosingTurn Find() => Find(Activity.Current);

    private static bool IsInvokeAgent(Activity activity) =>
        activity.GetTagItem(GenAiAttributes.OperationName) is GenAiOperations.InvokeAgent;
}
