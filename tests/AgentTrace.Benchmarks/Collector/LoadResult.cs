namespace AgentTrace.Benchmarks.Collector;

/// <summary>What a load generator saw.</summary>
/// <param name="Accepted">Spans whose request was answered with success.</param>
/// <param name="Asked">Requests that were answered with "try again later"; they were sent again.</param>
/// <param name="Broken">Requests that ended without an answer; they were sent again.</param>
/// <param name="Unaccepted">First numbers of the requests that were never answered with success: the last ones, when the time was over.</param>
internal sealed record LoadResult(long Accepted, long Asked, long Broken, IReadOnlyList<long> Unaccepted);
