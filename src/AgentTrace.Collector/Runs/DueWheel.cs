namespace AgentTrace.Collector.Runs;

/// <summary>Runs by the time at which each is looked at next: a timing wheel, so that a look costs the same however many runs there are.</summary>
/// <remarks>
/// Varghese and Lauck, "Hashed and hierarchical timing wheels" (1987), scheme 6: one ring of slots, each a tick long. A run that is due later
/// than one turn of the wheel stays in its slot for another turn.
/// </remarks>
internal sealed class DueWheel
{
    private const int Slots = 512;

    private readonly LinkedList<PendingRun>[] _slots = [.. Enumerable.Range(0, Slots).Select(_ => new LinkedList<PendingRun>())];
    private readonly TimeSpan _tick;
    private long _turned;

    /// <param name="tick">How exact due times are.</param>
    public DueWheel(TimeSpan tick) => _tick = tick;

    /// <summary>Puts the run where it is due at <paramref name="due"/>, wherever it stood before.</summary>
    public void Schedule(PendingRun run, TimeSpan due)
    {
        run.Due = due;
        Remove(run);
        // Rounded up: a run is looked at when it is due, not before.
        long slot = Math.Max(_turned + 1, (due.Ticks + _tick.Ticks - 1) / _tick.Ticks);
        _slots[slot % Slots].AddLast(run.DueNode);
    }

    public static void Remove(PendingRun run) => run.DueNode.List?.Remove(run.DueNode);

    /// <summary>Turns the wheel to <paramref name="now"/> and takes the runs off that are due.</summary>
    public void Turn(TimeSpan now, List<PendingRun> due)
    {
        long target = now.Ticks / _tick.Ticks;
        // One whole turn sees every slot, however long ago the last look was.
        for (long slot = Math.Max(_turned + 1, target - Slots + 1); slot <= target; slot++)
        {
            LinkedListNode<PendingRun>? next;
            for (LinkedListNode<PendingRun>? node = _slots[slot % Slots].First; node is not null; node = next)
            {
                next = node.Next;
                if (node.Value.Due > now)
                    continue;
                node.List!.Remove(node);
                due.Add(node.Value);
            }
        }

        _turned = Math.Max(_turned, target);
    }
}
