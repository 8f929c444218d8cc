namespace AgentTrace.Store.Runs;

/// <summary>Keeps finished runs.</summary>
public interface IRunArchive
{
    /// <summary>Stores the run in place of what is stored under its trace id.</summary>
    ValueTask SaveRunAsync(StoredRun run, CancellationToken cancellationToken = default);

    /// <summary>The run of that trace, or null.</summary>
    ValueTask<StoredRun?> FindRunAsync(UInt128 traceId, CancellationToken cancellationToken = default);

    /// <summary>The runs that match, the last finished first, without their documents.</summary>
    ValueTask<IReadOnlyList<StoredRun>> ListRunsAsync(RunFilter filter, CancellationToken cancellationToken = default);
}
