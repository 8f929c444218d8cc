using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Polly;

namespace AgentTrace.Collector.Forwarding;

/// <summary>The way to one endpoint: a bounded queue, and a loop that sends batch by batch and tries again while that can help.</summary>
/// <remarks>Reserving room comes before queueing, so that a request is accepted by every endpoint's queue or by none.</remarks>
internal sealed partial class ForwardingQueue(
    ForwardingEndpoint endpoint, ITraceSender sender, long capacityBytes, ResiliencePipeline<SendResult> retry, ILogger<ForwardingQueue> log)
{
    private readonly Channel<TraceBatch> _batches = Channel.CreateUnbounded<TraceBatch>(new UnboundedChannelOptions { SingleReader = true });
    private long _bytes;

    public ForwardingEndpoint Endpoint => endpoint;

    /// <summary>Batches given up: the endpoint refused them for good, or the collector stopped first.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    private long _dropped;

    public bool TryReserve(int bytes)
    {
        // A queue that is empty takes a batch of any size: it could never be sent otherwise.
        long after = Interlocked.Add(ref _bytes, bytes);
        if (after <= capacityBytes || after == bytes)
            return true;
        Interlocked.Add(ref _bytes, -bytes);
        return false;
    }

    public void Release(int bytes) => Interlocked.Add(ref _bytes, -bytes);

    /// <summary>Queues a batch whose room was reserved.</summary>
    public void Enqueue(TraceBatch batch)
    {
        if (!_batches.Writer.TryWrite(batch))
            throw new BackPressureException("the collector is shutting down");
    }

    /// <summary>No batch comes after this; <see cref="RunAsync"/> ends when the queue is empty.</summary>
    public void Complete() => _batches.Writer.TryComplete();

    /// <summary>Sends until the queue is completed and empty, or until the token is cancelled: then what is left is counted and logged.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (TraceBatch batch in _batches.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            SendResult result = await DeliverAsync(batch, cancellationToken).ConfigureAwait(false);
            Release(batch.Size);
            if (result.Delivered)
                continue;
            Interlocked.Increment(ref _dropped);
            GaveUp(endpoint, batch.Protobuf.Length, result.Detail);
        }
    }

    private async Task<SendResult> DeliverAsync(TraceBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.ExecuteAsync(async token => await AttemptAsync(batch, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new SendResult(false, false, "the collector stopped before the endpoint took it");
        }
#pragma warning disable CA1031 // Whatever one batch does to the sender, the batches behind it must still leave; it is counted and logged as given up.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new SendResult(false, false, e.ToString());
        }
    }

    private async Task<SendResult> AttemptAsync(TraceBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await sender.SendAsync(batch, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SendResult(false, true, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Gave up a batch of {Bytes} bytes for {Endpoint}: {Detail}")]
    private partial void GaveUp(ForwardingEndpoint endpoint, int bytes, string detail);
}
