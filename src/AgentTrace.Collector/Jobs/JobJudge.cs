using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Judgements;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Runs.Dialects;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Telemetry;
using AgentTrace.Store;
using AgentTrace.Store.Jobs;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Jobs;

/// <summary>Judges a run that this node has taken: reads it from the store, attributes it when it failed, and says what is to be stored.</summary>
internal sealed class JobJudge(CollectorOptions options, ITraceStore store, StoredRunReader reader, RunJudge judge, TimeProvider clock, CollectorMeter meter)
{
    private const int SuccessesReadPerSecond = 100;

    private readonly ReadingPace _successes = new(clock, SuccessesReadPerSecond);

    /// <summary>The decision, and the run's record; null where there is nothing (new) to decide.</summary>
    public async ValueTask<(RunDecision Decision, RunRecord Record)?> JudgeAsync(RunJob job, CancellationToken cancellationToken)
    {
        // Of those without any sign of failure only so many are read: a flood of them must not take the time of the others.
        if (!job.MayHaveFailed && !_successes.TryTake())
        {
            meter.RunNotRead();
            return null;
        }

        JobState? state = JobState.Read(job.State.Span);
        RunRecord? before = await store.FindRunAsync(job.TraceId, cancellationToken).ConfigureAwait(false) is { } stored ? RunDocument.Read(stored) : null;

        // An outcome that was posted may have brought a verdict of its own.
        int revision = Math.Max(state?.Revision ?? 0, before?.Revision ?? 0);
        CompleteRun complete = await reader.ReadAsync(job.TraceId, revision, cancellationToken).ConfigureAwait(false);
        AgentSpan[] spans = [.. complete.Spans.Select(span => SpanDialects.Normalize(span.Decode()))];
        AgentRun? run = SpanRunReader.Read(spans);
        if (run is null)
            return null;
        string fingerprint = RunHistory.FingerprintOf(run, complete.LeftOut);
        if (fingerprint == state?.Fingerprint)
        {
            meter.RunUnchanged();
            return null;
        }

        Completeness completeness = CompletenessCheck.Of(run, spans, complete);
        var record = new RunRecord(run, spans.Length, clock.GetUtcNow())
        {
            Attribution = before?.Attribution,
            Service = StoredTraceReader.ServiceOf(run, spans),
            Completeness = completeness.Findings.Count == 0 ? null : completeness,
            Revision = revision,
        };
        if (await store.FindOutcomeAsync(job.TraceId, cancellationToken).ConfigureAwait(false) is { } posted)
            record = LatestOutcomes.On(record, posted);
        meter.RunFinished(record.Run.Outcome);
        state = (state ?? new JobState("", 0, 0, AttributionCost.None)) with { Fingerprint = fingerprint, Revision = revision };
        if (record.Run.Outcome != RunOutcome.Failure)
            return (Decision(record, state, null), record);
        if (state.Attributions >= options.Attribution.MaxPerRun)
        {
            meter.AttributionDropped("attributed_often_enough");
            return (Decision(record, state, null), record);
        }

        return await AttributeAsync(record, before, state, completeness, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<(RunDecision, RunRecord)> AttributeAsync(RunRecord record, RunRecord? before, JobState state, Completeness completeness, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        var history = new RunHistory { Attributions = state.Attributions, Spent = state.Spent };
        FailureAttribution attribution = await judge.JudgeAsync(new AttributionJob(record, completeness, history), cancellationToken).ConfigureAwait(false);
        var verdict = new Verdict
        {
            Run = record.Run,
            Attribution = attribution,
            Incomplete = completeness.Findings,
            Revision = state.Revision + 1,
            Took = clock.GetElapsedTime(started),
            At = clock.GetUtcNow(),
        };
        meter.Attributed(verdict);

        // What says nothing new needs no second pair of spans; the store keeps the run as it is now.
        bool isNew = before?.Attribution is not { } earlier || !verdict.SaysTheSameAs(new Verdict { Run = before.Run, Attribution = earlier });
        state = state with
        {
            Revision = isNew ? verdict.Revision : state.Revision,
            Attributions = state.Attributions + 1,
            Spent = new(state.Spent.JudgeCalls + attribution.Cost.JudgeCalls, state.Spent.InputTokens + attribution.Cost.InputTokens, state.Spent.OutputTokens + attribution.Cost.OutputTokens),
        };
        RunRecord decided = record with { Attribution = attribution, Revision = state.Revision };
        return (Decision(decided, state, isNew ? verdict : null), decided);
    }

    private RunDecision Decision(RunRecord record, JobState state, Verdict? verdict) => new()
    {
        Run = RunDocument.Of(record),
        Blocks = verdict is null ? [] : Pack(VerdictSpans.Encode(verdict)),
        State = state.Write(),
        Outbox = verdict is null ? default(ReadOnlyMemory<byte>) : VerdictOutbox.Write(verdict),
        At = clock.GetUtcNow(),
    };

    private static IReadOnlyList<SpanBlock> Pack(byte[] request)
    {
        using var packer = new BlockPacker(StoredContents.All);
        return packer.Pack([request]);
    }
}
