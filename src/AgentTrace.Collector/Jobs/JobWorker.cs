using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Telemetry;
using AgentTrace.Store;
using AgentTrace.Store.Jobs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Jobs;

/// <summary>
/// Takes runs that are complete out of the shared store, judges each, stores the decision and passes it on. This node may die at any point of
/// it: until the decision is stored another node judges the run anew, after that another one passes on what was stored.
/// </summary>
internal sealed partial class JobWorker(
    CollectorOptions options, IRunJobs jobs, JobJudge judge, VerdictDelivery delivery, RunDecisions decisions, TimeProvider clock, CollectorMeter meter,
    ILogger<JobWorker> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private TimeSpan Pause => TimeSpan.FromMilliseconds(Math.Clamp(options.QuietTime.TotalMilliseconds / 4, 20, 1000));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(Enumerable.Range(0, options.Attribution.Concurrency).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Takes no more, and gives back what it has taken: the other nodes, or the next start, judge it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                IReadOnlyList<RunJob> taken = await jobs.TakeAsync(1, options.Attribution.Lease, _stop.Token).ConfigureAwait(false);
                foreach (RunJob job in taken)
                    await WorkOnAsync(job).ConfigureAwait(false);
                if (taken.Count > 0)
                    continue;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (StoreException e)
            {
                NoStore(e);
            }

            await Task.WhenAny(Task.Delay(Pause, clock, _stop.Token)).ConfigureAwait(false);
        }
    }

    private async Task WorkOnAsync(RunJob job)
    {
        string id = TraceId.Of(job.TraceId).ToString();
        using var ours = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var done = new CancellationTokenSource();
        Task keeping = KeepAsync(job, ours, done.Token);
        try
        {
            await JudgeAsync(job, id, ours.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            await jobs.ReleaseAsync(job, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ours.IsCancellationRequested)
        {
            Lost(id);
        }
        catch (StoreException e)
        {
            // Its lease ends, and whoever reaches the store then takes it.
            NoStore(e);
        }
#pragma warning disable CA1031 // One run that breaks an attributor must not end attribution for all others; it is logged with its id.
        catch (Exception e)
#pragma warning restore CA1031
        {
            meter.AttributionDropped("broke");
            Broke(e, id, options.Attributor.Method);
            await jobs.FinishAsync(job, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await done.CancelAsync().ConfigureAwait(false);
            await keeping.ConfigureAwait(false);
        }
    }

    private async Task JudgeAsync(RunJob job, string id, CancellationToken cancellationToken)
    {
        if (!job.Outbox.IsEmpty)
        {
            // Decided by a node that did not live to say so: the same spans again are the same spans.
            await PassOnAsync(job.Outbox, cancellationToken).ConfigureAwait(false);
            PassedOn(id);
        }

        if (await judge.JudgeAsync(job, cancellationToken).ConfigureAwait(false) is var (decision, record))
        {
            if (!await jobs.DecideAsync(job, decision, cancellationToken).ConfigureAwait(false))
            {
                Lost(id);
                return;
            }

            if (!decision.Outbox.IsEmpty)
                await PassOnAsync(decision.Outbox, cancellationToken).ConfigureAwait(false);
            Say(record);
        }

        await jobs.FinishAsync(job, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask PassOnAsync(ReadOnlyMemory<byte> outbox, CancellationToken cancellationToken)
    {
        (byte[] spans, byte[] log) = VerdictOutbox.Read(outbox.Span);
        return delivery.PassOnAsync(spans, log, cancellationToken);
    }

    private void Say(RunRecord record)
    {
        if (record.Run.Outcome == RunOutcome.Failure && record.Attribution is { } attribution)
            Attributed(record.Run.Id, attribution.Verdict, attribution.Agent, attribution.Step, attribution.Method);
        decisions.Publish(record);
    }

    /// <summary>The heartbeat: lengthens the lease while the run is judged; when it is lost, so is the work.</summary>
    private async Task KeepAsync(RunJob job, CancellationTokenSource ours, CancellationToken done)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Attribution.Lease / 3, clock, done).ConfigureAwait(false);
                if (!await jobs.KeepAsync(job, options.Attribution.Lease, done).ConfigureAwait(false))
                {
                    await ours.CancelAsync().ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        catch (StoreException e)
        {
            // Whether the lease still holds is not known: the decision itself is refused if it does not.
            NoStore(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {TraceId} attributed: {Verdict} {Agent} step {Step} by {Method}")]
    private partial void Attributed(string traceId, AttributionVerdict verdict, string? agent, int? step, string method);

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {TraceId}: passed on the verdict of a node that ended before it did")]
    private partial void PassedOn(string traceId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId} was taken over by another node: this one's lease had ended")]
    private partial void Lost(string traceId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {TraceId} is not attributed: method {Method} broke")]
    private partial void Broke(Exception exception, string traceId, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shared store cannot be asked for runs to judge; it is asked again")]
    private partial void NoStore(Exception exception);
}
