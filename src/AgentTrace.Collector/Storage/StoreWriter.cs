using AgentTrace.Collector.Jobs;
using AgentTrace.Collector.Telemetry;
using AgentTrace.Store;
using AgentTrace.Store.Jobs;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Spans;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace AgentTrace.Collector.Storage;

/// <summary>Stores what waits, many requests a write, and lets go what is too old or too much.</summary>
internal sealed partial class StoreWriter(
    CollectorOptions options, ITraceStore store, StoreQueue queue, TimeProvider clock, CollectorMeter meter, ILogger<StoreWriter> log) : IHostedService, IDisposable
{
    private const int BytesAWrite = 8 * 1024 * 1024;
    private const int Tries = 5;

    private readonly CancellationTokenSource _giveUp = new();
    private readonly RunWatches _watches = new(clock);
    private readonly BlockPacker _packer = new(options.Storing.Contents);
    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<StoreException>(),
            MaxRetryAttempts = Tries - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(200),
            UseJitter = true,
        })
        .Build();

    private Task _writing = Task.CompletedTask;
    private ITimer? _trimTimer;
    private Task _trimming = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        meter.ObserveStoreQueue(() => queue.Bytes);
        _writing = Task.Run(WriteAllAsync, CancellationToken.None);
        if (options.Storing.Retention is not { MaxAge: null, MaxBytes: null })
            _trimTimer = clock.CreateTimer(_ => BeginTrim(), null, options.Storing.TrimInterval, options.Storing.TrimInterval);
    }

    /// <summary>Stores what waits, as long as the host lets it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_trimTimer is not null)
            await _trimTimer.DisposeAsync().ConfigureAwait(false);
        queue.Complete();
        await using (cancellationToken.Register(_giveUp.Cancel).ConfigureAwait(false))
        {
            await _writing.ConfigureAwait(false);
            await _giveUp.CancelAsync().ConfigureAwait(false);
            await _trimming.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _giveUp.Dispose();
        _packer.Dispose();
        _trimTimer?.Dispose();
    }

    private async Task WriteAllAsync()
    {
        var taken = new List<StoreRequest>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (!options.Storing.AnswerWhenStored && options.Storing.Linger > TimeSpan.Zero && queue.Bytes < BytesAWrite && !queue.Closed.IsCompleted)
                await Task.WhenAny(queue.Closed, Task.Delay(options.Storing.Linger, clock)).ConfigureAwait(false);
            for (int bytes = 0; bytes < BytesAWrite && queue.Reader.TryRead(out StoreRequest? next); bytes += next.Bytes)
                taken.Add(next);
            await WriteAsync(taken).ConfigureAwait(false);
            foreach (StoreRequest request in taken)
            {
                queue.Free(request);
                request.Dispose();
            }

            taken.Clear();
        }
    }

    /// <summary>Spans in one write, and each run in one of its own: what one of them breaks on loses nothing of the others.</summary>
    private async Task WriteAsync(List<StoreRequest> taken)
    {
        StoreRequest[] requests = [.. taken.Where(request => request.Run is null)];
        await TryAsync(requests, async token =>
        {
            IReadOnlyList<SpanBlock> blocks = _packer.Pack(requests.Select(request => request.Request));
            if (options.Store is IRunJobs jobs)
                await WriteSharedAsync(jobs, blocks, requests, token).ConfigureAwait(false);
            else if (blocks.Count > 0)
                await _retry.ExecuteAsync(again => store.AppendAsync(blocks, clock.GetUtcNow(), again), token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        foreach (StoreRequest request in taken)
            if (request.Run is { } run)
                await TryAsync([request], async token => await _retry.ExecuteAsync(again => store.SaveRunAsync(RunDocument.Of(run), again), token).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The spans, and with them that their runs are to be judged.</summary>
    private async Task WriteSharedAsync(IRunJobs jobs, IReadOnlyList<SpanBlock> blocks, StoreRequest[] requests, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyCollection<RunWatch> watches = _watches.Of(requests.SelectMany(request => request.Seen));
            if (blocks.Count + watches.Count > 0)
                await _retry.ExecuteAsync(again => jobs.AppendAsync(blocks, watches, clock.GetUtcNow(), again), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _watches.Forget();
            throw;
        }
    }

    private async Task TryAsync(StoreRequest[] requests, Func<CancellationToken, Task> write)
    {
        try
        {
            await write(_giveUp.Token).ConfigureAwait(false);
            Array.ForEach(requests, request => request.Complete());
        }
#pragma warning disable CA1031 // Whatever one write breaks on, the next may be stored; it is logged and counted, and who waits for it is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            NotWritten(e, requests.Length);
            foreach (StoreRequest request in requests)
            {
                meter.NotStored(request.Run is null ? "request" : "run", _giveUp.IsCancellationRequested ? "stopped" : "failed");
                request.Fail(new BackPressureException($"the store does not take spans now: {e.Message}"));
            }
        }
    }

    private void BeginTrim()
    {
        if (_trimming.IsCompleted)
            _trimming = Task.Run(TrimAsync);
    }

    private async Task TrimAsync()
    {
        try
        {
            TrimResult gone = await store.TrimAsync(options.Storing.Retention, clock.GetUtcNow(), _giveUp.Token).ConfigureAwait(false);
            if (gone != default)
                Trimmed(gone.Spans, gone.Runs);
        }
        catch (OperationCanceledException)
        {
            // The collector stops; what is left is let go after its next start.
        }
        catch (StoreException e)
        {
            NotTrimmed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Requests} requests and runs could not be stored; they were passed on")]
    private partial void NotWritten(Exception exception, int requests);

    [LoggerMessage(Level = LogLevel.Information, Message = "Let go {Spans} spans and {Runs} runs that were too old or too much")]
    private partial void Trimmed(long spans, long runs);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is too old or too much could not be let go")]
    private partial void NotTrimmed(Exception exception);
}
