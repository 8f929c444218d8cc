using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace AgentTrace.Glue;

/// <summary>
/// Keeps the turns of one conversation in one trace where the app has opened neither a run nor any other span: the first turn on a thread opens
/// a run for it, which ends with that turn; later turns on the same thread join it.
/// </summary>
internal static class ConversationRuns
{
    private static readonly ConditionalWeakTable<object, AgentRun> s_runs = [];

    /// <summary>Makes the conversation's run current; returns it where this turn is the first and has to end it.</summary>
    public static AgentRun? Enter(in TurnStart start)
    {
        if (Activity.Current is not null)
            return null;
        if (start.Conversation is { } conversation && s_runs.TryGetValue(conversation, out AgentRun? earlier) && earlier.Activity is { } activity)
        {
            Activity.Current = activity;
            return null;
        }

        var run = AgentRun.Start(start.AgentName);
        Remember(start.Conversation, run);
        return run;
    }

    /// <summary>Later turns on this conversation join the run.</summary>
    public static void Remember(object? conversation, AgentRun? run)
    {
        if (conversation is not null && run?.Activity is not null)
            s_runs.AddOrUpdate(conversation, run);
    }
}
