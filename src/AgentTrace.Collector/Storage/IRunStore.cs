namespace AgentTrace.Collector.Storage;

/// <summary>Where finished runs are kept. Implementations may be called from several threads.</summary>
public interface IRunStore
{
    /// <summary>Stores the run under its trace id, in place of what was there.</summary>
    void Save(RunRecord record);

    /// <summary>The run of that trace id (lower-case hex), or null.</summary>
    RunRecord? Find(string traceId);

    /// <summary>The runs that finished last, newest first, at most <paramref name="count"/>.</summary>
    IReadOnlyList<RunRecord> Latest(int count);
}
