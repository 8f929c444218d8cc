using System.Diagnostics;
using AgentTrace.Handoffs;
using AgentTrace.Spans;

namespace AgentTrace.Turns;

/// <summary>
/// A turn of which it shows only later whether it is one, and whose: a message is handled, a group chat goes one step on, and perhaps an agent
/// speaks. It is open from the start, so that what happens inside hangs under it. What turns out to be no turn is not exported, or, where steps
/// hang under it, as a plain span that is nobody's turn: those of a group chat's choice of the next speaker.
/// </summary>
internal sealed class TentativeTurn
{
    private const string Property = "agenttrace.turn.tentative";

    private readonly AgentTurn _turn;
    private int _kept;

    private TentativeTurn(AgentTurn turn, PendingHandoff? from)
    {
        _turn = turn;
        From = from;
        turn.Activity?.SetCustomProperty(Property, this);
    }

    /// <summary>The tentative turn around the calling code, kept or not; null outside any.</summary>
    public static TentativeTurn? Current => CurrentActivity.Find<TentativeTurn>(Property);

    public AgentTurn Turn => _turn;

    /// <summary>Whose message it answers; null where nobody's.</summary>
    public PendingHandoff? From { get; }

    /// <summary>True when a message that is sent inside shows that it is a turn.</summary>
    public bool KeepWhenSending { get; set; }

    /// <summary>Ends this turn and opens the one after it, where whoever opened this one can; null where a turn is all there is.</summary>
    public Func<TentativeTurn>? Next { get; set; }

    /// <summary>True when a chat or a tool call, of whomever, has started inside.</summary>
    public bool HasSteps { get; set; }

    public bool IsKept => Volatile.Read(ref _kept) == 1;

    /// <summary>Opens one and makes its span current.</summary>
    /// <param name="agentName">Whose turn it would be; null where that shows later.</param>
    /// <param name="from">Whose message it answers.</param>
    public static TentativeTurn Open(string? agentName, PendingHandoff? from) => new(AgentTurn.StartUncounted(agentName, from), from);

    /// <summary>The tentative turn whose span <paramref name="activity"/> is, or null.</summary>
    public static TentativeTurn? Of(Activity activity) => activity.GetCustomProperty(Property) as TentativeTurn;

    /// <summary>It is a turn. The first call counts; the name is taken where it is known now.</summary>
    public void Keep(string? agentName = null)
    {
        if (agentName is not null && !IsKept)
            _turn.Name(agentName);
        if (Interlocked.Exchange(ref _kept, 1) == 1)
            return;
        _turn.Count();
        _turn.TakeHandoffs();
    }

    /// <summary>It failed, so it was one.</summary>
    public void Fail(Exception exception)
    {
        Keep();
        _turn.Fail(exception);
    }

    /// <summary>Ends it; what was not kept is exported only for the steps under it.</summary>
    public void Close()
    {
        if (!IsKept && HasSteps)
            _turn.BecomeBetweenTurns();
        else if (!IsKept && _turn.Activity is { } activity)
            activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        _turn.Dispose();
    }
}
