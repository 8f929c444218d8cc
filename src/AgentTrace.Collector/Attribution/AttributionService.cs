using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AgentTrace.Collector.Attribution;

/// <summary>Attributes queued runs one after the other, sends the verdict as spans of the run's own trace, and stores it.</summary>
internal sealed partial class AttributionService(
    CollectorOptions options, AttributionQueue queue, Forwarder forwarder, IRunStore store, RunDecisions decisions, TimeProvider clock,
    ILogger<AttributionService> log) : IHostedService, IDisposable
{
    private readonly StructuralAttributor _fallback = new();
    private readonly CancellationTokenSource _giveUp = new();

    private readonly ResiliencePipeline _untilRoom = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<BackPressureException>(),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromSeconds(1),
        })
        .Build();

    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(RunAsync, CancellationToken.None);
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

    private async Task RunAsync()
    {
        await foreach (RunRecord record in queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await AttributeAsync(record, _giveUp.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
            {
                Stopped(record.Run.Id);
            }
#pragma warning disable CA1031 // One run that breaks an attributor must not end attribution for all others; it is logged with its id.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Broke(e, record.Run.Id, options.Attributor.Method);
            }
        }
    }

    private async Task AttributeAsync(RunRecord record, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        FailureAttribution attribution = await JudgeAsync(record, cancellationToken).ConfigureAwait(false);
        byte[] spans = VerdictSpans.Encode(record.Run, attribution, clock.GetElapsedTime(started), clock.GetUtcNow());
        await _untilRoom.ExecuteAsync(_ =>
        {
            forwarder.Enqueue(new OtlpBatch(OtlpSignal.Traces, spans));
            return ValueTask.CompletedTask;
        }, cancellationToken).ConfigureAwait(false);

        RunRecord decided = record with { Attribution = attribution };
        store.Save(decided);
        Attributed(record.Run.Id, attribution.Verdict, attribution.Agent, attribution.Step, attribution.Method);
        decisions.Publish(decided);
    }

    /// <summary>A judge that cannot be asked must not leave the run without any verdict: the structural one is given, and says so.</summary>
    private async ValueTask<FailureAttribution> JudgeAsync(RunRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return await options.Attributor.AttributeAsync(record.Run, cancellationToken).ConfigureAwait(false);
        }
        catch (JudgeException e)
        {
            NoJudge(record.Run.Id, options.Attributor.Method, e.Message);
            FailureAttribution fallback = await _fallback.AttributeAsync(record.Run, cancellationToken).ConfigureAwait(false);
            return fallback with { Reason = $"{fallback.Reason} (Method {options.Attributor.Method} was not possible: {e.Message})" };
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {TraceId} attributed: {Verdict} {Agent} step {Step} by {Method}")]
    private partial void Attributed(string traceId, AttributionVerdict verdict, string? agent, int? step, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId}: method {Method} could not ask its judge ({Error}); the structural verdict is given")]
    private partial void NoJudge(string traceId, string method, string error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {TraceId} is not attributed: method {Method} broke")]
    private partial void Broke(Exception exception, string traceId, string method);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {TraceId} is not attributed: the collector stopped first")]
    private partial void Stopped(string traceId);
}
