using AgentTrace.Store.Spans;

namespace AgentTrace.Store.Jobs;

/// <summary>
/// What a store that several nodes share does beside storing: it knows which runs are to be judged, and has each judged by one node at a time. A
/// node may die at any moment: its jobs are others' once its lease has ended. Times are the store's clock, not the nodes'.
/// </summary>
public interface IRunJobs
{
    /// <summary>Stores blocks as <see cref="ISpanStore.AppendAsync"/> does, and in the same write has the runs watched: when one is stored the other is too.</summary>
    ValueTask AppendAsync(IReadOnlyList<SpanBlock> blocks, IReadOnlyCollection<RunWatch> watches, DateTimeOffset written, CancellationToken cancellationToken = default);

    /// <summary>Takes runs for which nothing came for their wait: those that may have failed first, of each kind those that wait longest.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="lease">For how long they are this node's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<RunJob>> TakeAsync(int most, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Lengthens the lease from now on; false when the job is another node's by now.</summary>
    ValueTask<bool> KeepAsync(RunJob job, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Stores a decision; false, and nothing is stored, when the job is another node's by now.</summary>
    ValueTask<bool> DecideAsync(RunJob job, RunDecision decision, CancellationToken cancellationToken = default);

    /// <summary>Ends the job: its outbox has been passed on. What came since it was taken has it judged again.</summary>
    ValueTask FinishAsync(RunJob job, CancellationToken cancellationToken = default);

    /// <summary>Gives the job back as it is: another node may take it at once.</summary>
    ValueTask ReleaseAsync(RunJob job, CancellationToken cancellationToken = default);
}
