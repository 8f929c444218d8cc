using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.Handoffs;

/// <summary>One run's open handoffs, by the agent that is to take over.</summary>
internal sealed class HandoffLedger
{
    private readonly Dictionary<string, List<PendingHandoff>> _pending = new(StringComparer.Ordinal);

    // Most turns follow no handoff, and need no lock to know.
    private volatile bool _any;

    /// <summary>Notes that <paramref name="target"/> is to go on.</summary>
    public void Add(string target, PendingHandoff handoff)
    {
        lock (_pending)
        {
            if (!_pending.TryGetValue(target, out List<PendingHandoff>? handoffs))
                _pending.Add(target, handoffs = []);
            handoffs.Add(handoff);
            _any = true;
        }
    }

    /// <summary>All handoffs to <paramref name="agent"/>, oldest first; they are open no longer.</summary>
    public IReadOnlyList<PendingHandoff> Take(string? agent)
    {
        if (agent is null || !_any)
            return [];
        lock (_pending)
        {
            bool found = _pending.Remove(agent, out List<PendingHandoff>? handoffs);
            _any = _pending.Count > 0;
            return found ? handoffs! : [];
        }
    }

    /// <summary>The link from a turn to one whose outcome it consumed.</summary>
    public static ActivityLink ConsumedLink(ActivityContext turn) =>
        new(turn, new ActivityTagsCollection { [AgentTraceAttributes.LinkType] = AgentTraceAttributes.ConsumedLink });
}
