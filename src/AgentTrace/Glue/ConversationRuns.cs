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

    /// <summary>The run that a turn, starting now where no span is open, belongs to for its conversation's sake.</summary>
    /// <param name="start">The turn.</param>
    /// <param name="isFirst">True when the turn is the run's first: the run is new, current, and ends with the turn.</param>
    public static AgentRun Enter(in TurnStart start, out bool isFirst)
    {
        isFirst = false;
        if (start.Conversation is { } conversation && s_runs.TryGetValue(conversation, out AgentRun? earlier))
            return earlier;

        isFirst = true;
        var run = AgentRun.Start(start.AgentName);
        Remember(start.Conversation, run);
        return run;
    }

    /// <summary>Starts a run of its own for a call on this conversation; where no span is open, it goes on in the trace of the call before.</summary>
    public static AgentRun Start(string name, object conversation)
    {
        if (Activity.Current is not null)
            return AgentRun.Start(name);
        if (s_runs.TryGetValue(conversation, out AgentRun? first))
            return AgentRun.Start(name, null, first);
        var run = AgentRun.Start(name);
        Remember(conversation, run);
        return run;
    }

    /// <summary>Later turns on this conversation join the run.</summary>
    public static void Remember(object? conversation, AgentRun? run)
    {
        if (conversation is not null && run?.Activity is not null)
            s_runs.AddOrUpdate(conversation, run);
    }
}
