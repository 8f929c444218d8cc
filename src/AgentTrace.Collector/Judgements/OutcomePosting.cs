using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;

namespace AgentTrace.Collector.Judgements;

/// <summary>What happens when somebody says how a run went: it is kept, and a run that failed is attributed, again where there is a right answer now.</summary>
internal sealed class OutcomePosting(
    IJudgementStore judgements, LatestOutcomes latest, IRunStore runs, StoredTraceReader traces, RunAssembler assembler, AttributionQueue queue, RunDecisions decisions)
{
    /// <summary>Takes it. The same outcome again changes nothing and costs no second verdict.</summary>
    /// <exception cref="BackPressureException">It is kept, but there is no room for the run among those that wait for a verdict: post it again.</exception>
    public async ValueTask<OutcomeEffect> PostAsync(PostedOutcome outcome, CancellationToken cancellationToken)
    {
        PostedOutcome? before = await judgements.FindOutcomeAsync(outcome.TraceId, cancellationToken).ConfigureAwait(false);
        bool isNew = before is null || before with { At = outcome.At } != outcome;
        if (isNew)
            await judgements.SaveOutcomeAsync(outcome, cancellationToken).ConfigureAwait(false);

        // Before the run is looked up: one that is finished at this moment is looked at by whoever comes second.
        latest.Add(outcome);
        var id = TraceId.Of(outcome.TraceId);
        RunRecord? record = runs.Find(id.ToString()) ?? await traces.ReadRunAsync(outcome.TraceId, cancellationToken).ConfigureAwait(false);
        if (record is null)
            return OutcomeEffect.Waiting;

        RunRecord judged = LatestOutcomes.On(record, outcome);
        if (judged.Run.Outcome != RunOutcome.Failure)
        {
            runs.Save(judged);
            if (record.Run.Outcome != judged.Run.Outcome)
                decisions.Publish(judged);
            return OutcomeEffect.Recorded;
        }

        bool tellsMore = record.Run.Outcome != judged.Run.Outcome || record.Run.ExpectedAnswer != judged.Run.ExpectedAnswer;
        if (!tellsMore && record.Attribution is not null)
        {
            runs.Save(judged);
            return OutcomeEffect.Recorded;
        }

        if (!isNew && queue.Holds(record.Run.Id))
            return OutcomeEffect.Attributing;
        var job = new AttributionJob(judged, judged.Completeness ?? Completeness.Whole, assembler.HistoryOf(id) ?? RunHistory.Of(judged));
        runs.Save(judged);
        if (queue.TryEnqueue(job))
            return OutcomeEffect.Attributing;

        // As it was, so that the same outcome posted again is news again.
        runs.Save(record);
        throw new BackPressureException("the outcome is kept, but too many failed runs wait for a verdict now: post it again later");
    }
}
