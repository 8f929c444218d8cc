using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;

namespace AgentTrace.Collector.Judgements;

/// <summary>The outcomes that were posted last: what is said about a run holds for it however its spans go on, or begin only now.</summary>
internal sealed class LatestOutcomes
{
    private const int MostRemembered = 10_000;

    private readonly InMemoryJudgements _outcomes = new(MostRemembered);

    public void Add(PostedOutcome outcome) => _outcomes.SaveOutcome(outcome);

    /// <summary>The run as it stands after what was posted about it; the same object where nothing was.</summary>
    public RunRecord On(RunRecord record) => _outcomes.FindOutcome(TraceId.Parse(record.Run.Id).Number) is { } posted ? On(record, posted) : record;

    /// <summary>The run as it stands after this was said about it.</summary>
    public static RunRecord On(RunRecord record, PostedOutcome posted)
    {
        bool failed = posted.Outcome == RunDocument.NameOf(RunOutcome.Failure);
        return record with
        {
            Run = record.Run with
            {
                Outcome = failed ? RunOutcome.Failure : RunOutcome.Success,
                OutcomeReason = posted.Note ?? "it was said after the run",
                ExpectedAnswer = posted.ExpectedAnswer ?? record.Run.ExpectedAnswer,
            },
            Attribution = failed ? record.Attribution : null,
        };
    }
}
