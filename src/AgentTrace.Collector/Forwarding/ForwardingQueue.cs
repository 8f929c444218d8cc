using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;
using Microsoft.Extensions.Logging;
using Polly;

namespace AgentTrace.Collector.Forwarding;

/// <summary>The way of one signal to one endpoint: a place in the journal, and a loop that sends what stands there and tries again while that can help.</summary>
/// <remarks>
/// One request is on its way as long as there is less than a whole batch: what comes meanwhile goes with the next one, so batches grow with the
/// load and nothing waits for a timer. More than one are on their way only where whole batches wait.
/// </remarks>
internal sealed partial class ForwardingQueue(
    ForwardingEndpoint endpoint, OtlpSignal signal, IOtlpSender sender, IJournalReader journal, bool isDurable, IRefusedRequests refused, ForwardingLimits limits,
    ResiliencePipeline<SendResult> retry, ILogger<ForwardingQueue> log) : IDisposable
{
    private readonly WakeUp _wakeUp = new();
    private readonly Queue<Flight> _flights = new();
    private int _inFlight;
    private int _failing;
    private long _dropped;
    private long _delivered;
    private volatile bool _completed;
    private volatile bool _gaveUp;

    public ForwardingEndpoint Endpoint => endpoint;

    public OtlpSignal Signal => signal;

    /// <summary>Bytes that wait for this endpoint, with those on their way.</summary>
    public long WaitingBytes => journal.WaitingBytes;

    /// <summary>True while the endpoint does not take what it is sent.</summary>
    public bool IsFailing => Volatile.Read(ref _failing) > 0;

    /// <summary>Requests given up: the endpoint refused them for good, or the collector stopped first.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Requests the endpoint took.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Something was appended to the journal.</summary>
    public void Notify()
    {
        if (MaySend)
            _wakeUp.Call();
    }

    /// <summary>Nothing is appended after this; <see cref="RunAsync"/> ends when all is sent or, where the journal outlives the process, when the endpoint does not take it.</summary>
    public void Complete()
    {
        _completed = true;
        _wakeUp.Call();
    }

    /// <summary>Sends until completed, or until the token is cancelled: then what is left stays in a durable journal, or is counted and logged.</summary>
    public async Task RunAsync(CancellationToken giveUp)
    {
        while (!IsDone(giveUp))
        {
            if (!MaySend || _gaveUp || giveUp.IsCancellationRequested)
            {
                await _wakeUp.WaitAsync().ConfigureAwait(false);
                continue;
            }

            try
            {
                if (journal.TryRead(limits.BatchBytes) is { } chunk)
                    Begin(chunk, giveUp);
            }
            catch (IOException e)
            {
                CannotRead(endpoint, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (!isDurable && journal.WaitingBytes is > 0 and long left)
            GaveUp(endpoint, signal.Name, left, "the collector stopped before the endpoint took them");
    }

    public void Dispose() => sender.Dispose();

    private bool MaySend => journal.UnreadBytes is > 0 and long unread
        && (Volatile.Read(ref _inFlight) is var flying && (flying == 0 || (unread >= limits.BatchBytes && flying < limits.Concurrency)));

    private bool IsDone(CancellationToken giveUp) => Volatile.Read(ref _inFlight) == 0
        && (giveUp.IsCancellationRequested || _gaveUp || (_completed && journal.UnreadBytes == 0));

    private void Begin(JournalChunk chunk, CancellationToken giveUp)
    {
        var flight = new Flight(chunk);
        lock (_flights)
            _flights.Enqueue(flight);
        Interlocked.Increment(ref _inFlight);
        _ = FlyAsync(flight, giveUp);
    }

    private async Task FlyAsync(Flight flight, CancellationToken giveUp)
    {
        // The loop goes on reading; sending a large request can keep a thread for a while.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        bool done = await DeliverAsync(flight.Chunk.Export, giveUp).ConfigureAwait(false);
        flight.Chunk.Dispose();
        if (!done)
            _gaveUp = true;   // the collector stops: what was read is kept or lost with what was not
        lock (_flights)
        {
            flight.IsLanded = true;
            flight.IsDone = done;

            // Acknowledged in order: a position stands for all before it. One that was given up ends that for this process.
            while (_flights.TryPeek(out Flight? first) && first.IsLanded && first.IsDone)
            {
                journal.Acknowledge(first.Chunk.End);
                _flights.Dequeue();
            }
        }

        Interlocked.Decrement(ref _inFlight);
        _wakeUp.Call();
    }

    /// <summary>True when nothing of it is to be sent again: delivered, or refused for good.</summary>
    private async Task<bool> DeliverAsync(OtlpExport export, CancellationToken giveUp)
    {
        SendResult result = await SendAsync(export, giveUp).ConfigureAwait(false);
        switch (result.Kind)
        {
            case SendResultKind.Delivered:
                Interlocked.Add(ref _delivered, export.Bodies.Count);
                if (!ReferenceEquals(result.Detail, SendResult.Ok.Detail))
                    Partly(endpoint, signal.Name, result.Detail);
                return true;
            case SendResultKind.Retryable:
                return false;
            case SendResultKind.Unacceptable when export.Bodies.Count > 1:
                // One of them may have spoilt it for the others.
                int half = export.Bodies.Count / 2;
                return await DeliverAsync(export with { Bodies = export.Bodies[..half] }, giveUp).ConfigureAwait(false)
                    & await DeliverAsync(export with { Bodies = export.Bodies[half..] }, giveUp).ConfigureAwait(false);
            default:
                Interlocked.Add(ref _dropped, export.Bodies.Count);
                string kept = refused.Keep(endpoint, signal, export, result.Detail);
                Refused(endpoint, export.Bodies.Count, signal.Name, export.Length, result.Detail, kept);
                return true;
        }
    }

    private async Task<SendResult> SendAsync(OtlpExport export, CancellationToken giveUp)
    {
        bool failing = false;
        try
        {
            return await retry.ExecuteAsync(async token =>
            {
                SendResult result = await AttemptAsync(export, token).ConfigureAwait(false);
                if (result.Retryable && !failing)
                {
                    failing = true;
                    Interlocked.Increment(ref _failing);
                }

                // What a durable journal holds is sent by the next process; a stop does not wait for a backend that is down.
                return result.Retryable && _completed && isDurable ? throw new OperationCanceledException() : result;
            }, giveUp).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new SendResult(SendResultKind.Retryable, "the collector stopped before the endpoint took it");
        }
#pragma warning disable CA1031 // Whatever one request does to the sender, those behind it must still leave; it is kept as a refused one, and logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new SendResult(SendResultKind.Unacceptable, e.ToString());
        }
        finally
        {
            if (failing)
                Interlocked.Decrement(ref _failing);
        }
    }

    private async Task<SendResult> AttemptAsync(OtlpExport export, CancellationToken giveUp)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        attempt.CancelAfter(limits.AttemptTimeout);
        try
        {
            return await sender.SendAsync(export, attempt.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !giveUp.IsCancellationRequested))
        {
            return new SendResult(SendResultKind.Retryable, e is OperationCanceledException ? $"no answer within {limits.AttemptTimeout}" : e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Endpoint} refused {Count} request(s) of {Signal}, {Bytes} bytes, for good ({Detail}): {Kept}")]
    private partial void Refused(ForwardingEndpoint endpoint, int count, string signal, int bytes, string detail, string kept);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} took a request of {Signal} in part: {Detail}")]
    private partial void Partly(ForwardingEndpoint endpoint, string signal, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "Gave up {Bytes} bytes of {Signal} for {Endpoint}: {Detail}")]
    private partial void GaveUp(ForwardingEndpoint endpoint, string signal, long bytes, string detail);

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue to {Endpoint} cannot be read ({Error}); trying again")]
    private partial void CannotRead(ForwardingEndpoint endpoint, string error);

    private sealed class Flight(JournalChunk chunk)
    {
        public JournalChunk Chunk => chunk;

        public bool IsLanded { get; set; }

        public bool IsDone { get; set; }
    }
}
