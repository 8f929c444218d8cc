using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Judgements;
using AgentTrace.Collector.Runs.Dialects;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Telemetry;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Runs;

/// <summary>What happens to a complete run: it is read and stored, and when it failed it is queued for attribution; again only when late spans changed it.</summary>
internal sealed partial class FinishedRuns(
    IRunStore store, AttributionQueue queue, RunDecisions decisions, LatestOutcomes outcomes, HeldTraces held, TimeProvider clock, CollectorMeter meter, ILogger<FinishedRuns> log)
{
    private const int SuccessesReadPerSecond = 100;

    private readonly ReadingPace _successes = new(clock, SuccessesReadPerSecond);

    /// <summary>Never throws: it is called from a timer, where an exception would end the process, and a run that cannot be read must not cost the others.</summary>
    public void Take(CompleteRun complete)
    {
        bool waits = false;
        try
        {
            waits = Finish(complete);
        }
#pragma warning disable CA1031 // The store and whoever listens to decisions are not ours; the run is logged with its id.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Broke(e, complete.TraceId.ToString());
        }

        // Whatever became of it: a held trace that waits for no verdict must leave.
        if (!waits)
            held.Release(complete.TraceId);
    }

    /// <summary>True when the run waits for a verdict now.</summary>
    private bool Finish(CompleteRun complete)
    {
        // A failed run is always read. Of those without any sign of failure only so many: a flood of them must not take the time of the spans' way.
        if (!FailureSigns.Any(complete.Spans) && !_successes.TryTake())
        {
            meter.RunNotRead();
            return false;
        }

        AgentSpan[] spans = [.. complete.Spans.Select(span => SpanDialects.Normalize(span.Decode()))];
        AgentRun? run = SpanRunReader.Read(spans);
        if (run is null)
            return false;
        lock (complete.History)
        {
            string fingerprint = RunHistory.FingerprintOf(run, complete.LeftOut);
            if (fingerprint == complete.History.Fingerprint)
            {
                meter.RunUnchanged();
                return false;
            }

            if (complete.History.Fingerprint is null && store.Find(run.Id) is not null)
            {
                // Its spans were let go long ago: what came now is too little to judge by.
                meter.RunTooLate();
                TooLate(run.Id, complete.Spans.Count);
                return false;
            }

            complete.History.Fingerprint = fingerprint;
        }

        Completeness completeness = CompletenessCheck.Of(run, spans, complete);
        var asCame = new RunRecord(run, spans.Length, clock.GetUtcNow())
        {
            Attribution = complete.History.Latest?.Attribution,
            Service = StoredTraceReader.ServiceOf(run, spans),
            Completeness = completeness.Findings.Count == 0 ? null : completeness,
            Revision = complete.History.Revision,
        };
        store.Save(asCame);

        // Only now, when whoever posts an outcome finds the run: one of us two sees what the other brings.
        RunRecord record = outcomes.On(asCame);
        if (!ReferenceEquals(record, asCame))
            store.Save(record);
        meter.RunFinished(record.Run.Outcome);
        Finished(run.Id, run.Steps.Count, record.Run.Outcome);
        if (record.Run.Outcome != RunOutcome.Failure)
        {
            decisions.Publish(record);
            return false;
        }

        if (queue.TryEnqueue(new AttributionJob(record, completeness, complete.History)))
            return true;
        meter.AttributionDropped("queue_full");
        NoRoom(run.Id);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Run {TraceId}: {Steps} steps, outcome {Outcome}")]
    private partial void Finished(string traceId, int steps, RunOutcome outcome);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {TraceId}: {Spans} spans came too late to change what was decided; they were passed on")]
    private partial void TooLate(string traceId, int spans);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {TraceId} could not be finished: its spans were passed on, it may lack its verdict")]
    private partial void Broke(Exception exception, string traceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId} failed but is not attributed: the attribution queue is full")]
    private partial void NoRoom(string traceId);
}
