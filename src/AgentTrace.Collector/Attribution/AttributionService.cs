using AgentTrace.Attribution.Attributors;
using AgentTrace.Collector.Judgements;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Attribution;

/// <summary>Attributes queued runs, some at a time, sends the verdicts into the runs' own traces, and stores them.</summary>
internal sealed partial class AttributionService(
    CollectorOptions options, AttributionQueue queue, RunJudge judge, VerdictDelivery delivery, IRunStore store, RunDecisions decisions, LatestOutcomes outcomes,
    TimeProvider clock, CollectorMeter meter, ILogger<AttributionService> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _giveUp = new();
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.ObserveAttributionQueue(() => queue.Count);
        _running = Task.WhenAll(Enumerable.Range(0, options.Attribution.Concurrency).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Finishes what is queued, as long as the host lets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        await using (cancellationToken.Register(_giveUp.Cancel).ConfigureAwait(false))
            await _running.ConfigureAwait(false);
    }

    public void Dispose() => _giveUp.Dispose();

    private async Task WorkAsync()
    {
        await foreach (AttributionJob job in queue.TakeAllAsync().ConfigureAwait(false))
        {
            string id = job.Record.Run.Id;
            try
            {
                await AttributeAsync(job, _giveUp.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
            {
                meter.AttributionDropped("stopped");
                Stopped(id);
            }
#pragma warning disable CA1031 // One run that breaks an attributor must not end attribution for all others; it is logged with its id.
            catch (Exception e)
#pragma warning restore CA1031
            {
                meter.AttributionDropped("broke");
                Broke(e, id, options.Attributor.Method);
            }
            finally
            {
                delivery.GiveBack(job.Record.Run);
                queue.Done(job);
            }
        }
    }

    private async Task AttributeAsync(AttributionJob job, CancellationToken cancellationToken)
    {
        RunHistory history = job.History;
        if (history.Attributions >= options.Attribution.MaxPerRun)
        {
            meter.AttributionDropped("attributed_often_enough");
            OftenEnough(job.Record.Run.Id, history.Attributions);
            return;
        }

        long started = clock.GetTimestamp();
        FailureAttribution attribution = await judge.JudgeAsync(job, cancellationToken).ConfigureAwait(false);
        history.Attributions++;
        history.Spent = new(history.Spent.JudgeCalls + attribution.Cost.JudgeCalls,
            history.Spent.InputTokens + attribution.Cost.InputTokens, history.Spent.OutputTokens + attribution.Cost.OutputTokens);
        var verdict = new Verdict
        {
            Run = job.Record.Run,
            Attribution = attribution,
            Incomplete = job.Completeness.Findings,
            Revision = history.Revision + 1,
            Took = clock.GetElapsedTime(started),
            At = clock.GetUtcNow(),
        };
        meter.Attributed(verdict);

        // What says nothing new needs no second pair of spans; the store keeps the run as it is now.
        bool isNew = history.Latest is null || !verdict.SaysTheSameAs(history.Latest);
        if (isNew)
        {
            await delivery.SendAsync(verdict, cancellationToken).ConfigureAwait(false);
            (history.Latest, history.Revision) = (verdict, verdict.Revision);
        }

        // What was posted about it meanwhile holds, also that it did not fail.
        RunRecord decided = outcomes.On(job.Record with { Attribution = attribution, Revision = history.Revision });
        store.Save(decided);
        Attributed(verdict.Run.Id, attribution.Verdict, attribution.Agent, attribution.Step, attribution.Method, history.Latest!.Revision);
        if (isNew)
            decisions.Publish(decided);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {TraceId} attributed: {Verdict} {Agent} step {Step} by {Method}, revision {Revision}")]
    private partial void Attributed(string traceId, AttributionVerdict verdict, string? agent, int? step, string method, int revision);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId} changed again after {Count} attributions; its verdict stays as it is")]
    private partial void OftenEnough(string traceId, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {TraceId} is not attributed: method {Method} broke")]
    private partial void Broke(Exception exception, string traceId, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId} is not attributed: the collector stopped first")]
    private partial void Stopped(string traceId);
}
