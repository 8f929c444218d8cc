using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Query;

/// <summary>One page of the runs list.</summary>
/// <param name="Runs">The runs, the last finished first.</param>
/// <param name="Next">Where the next page begins; null on the last one.</param>
internal sealed record RunPage(IReadOnlyList<StoredRun> Runs, RunCursor? Next);
