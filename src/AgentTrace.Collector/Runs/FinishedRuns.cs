using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Storage;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Runs;

/// <summary>What happens to a complete run: it is read and stored, and when it failed it is queued for attribution, once.</summary>
internal sealed partial class FinishedRuns(IRunStore store, AttributionQueue queue, RunDecisions decisions, TimeProvider clock, ILogger<FinishedRuns> log)
{
    /// <summary>True when the trace was handed on already: its late spans are passed on, but it is not judged twice.</summary>
    public bool Knows(string traceId) => store.Find(traceId) is not null;

    /// <summary>Never throws: it is called from a timer, where an exception would end the process, and a run that cannot be read must not cost the others.</summary>
    public void Take(PendingRun pending)
    {
        try
        {
            Finish(pending);
        }
#pragma warning disable CA1031 // The store and whoever listens to decisions are not ours; the run is logged with its id.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Broke(e, pending.TraceId);
        }
    }

    private void Finish(PendingRun pending)
    {
        AgentRun? run = SpanRunReader.Read(pending.Spans);
        if (run is null)
            return;
        var record = new RunRecord(run, pending.Spans.Count, clock.GetUtcNow());
        store.Save(record);
        Finished(run.Id, run.Steps.Count, run.Outcome);
        if (run.Outcome != RunOutcome.Failure)
            decisions.Publish(record);
        else if (!queue.TryEnqueue(record))
            NoRoom(run.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {TraceId}: {Steps} steps, outcome {Outcome}")]
    private partial void Finished(string traceId, int steps, RunOutcome outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {TraceId} could not be finished: its spans were passed on, it may lack its verdict")]
    private partial void Broke(Exception exception, string traceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId} failed but is not attributed: the attribution queue is full")]
    private partial void NoRoom(string traceId);
}
