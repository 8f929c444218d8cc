using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;

namespace AgentTrace.Collector.Query;

/// <summary>All that is known of one run.</summary>
/// <param name="Record">The run, its verdict, and what its trace lacked.</param>
/// <param name="Outcome">What was posted about how it went; null where nothing was.</param>
/// <param name="Labels">Who erred, as people say.</param>
internal sealed record RunDetails(RunRecord Record, PostedOutcome? Outcome, IReadOnlyList<PostedLabel> Labels);
