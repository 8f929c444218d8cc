using System.Threading.Channels;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Hold;

/// <summary>
/// In <see cref="CollectorMode.Hold"/>: keeps the spans of traces in which an agent spoke until their run is judged, then forwards them once,
/// the verdict on the culprit's own span. Whatever else happens, a held span leaves by the deadline.
/// </summary>
/// <remarks>Where there is a folder to queue in, held spans are written down there first, so that they outlive the process.</remarks>
internal sealed class HeldTraces(
    CollectorOptions options, Forwarder forwarder, UntilRoom untilRoom, TimeProvider clock, CollectorMeter meter, ILogger<HeldTraces> log)
    : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TraceId, LinkedListNode<HeldTrace>> _held = [];
    private readonly LinkedList<HeldTrace> _longestFirst = [];

    // Traces that were let go by the deadline or for want of room: what comes of them later goes on at once.
    private readonly Dictionary<TraceId, long> _streaming = [];
    private readonly Queue<(TraceId TraceId, long Since)> _streamingByAge = new();
    private readonly Channel<(byte[] Request, IReadOnlyList<object> Entries)> _leaving =
        Channel.CreateUnbounded<(byte[], IReadOnlyList<object>)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _giveUp = new();
    private long _bytes;
    private long _leavingBytes;
    private HeldJournal? _journal;
    private ITimer? _timer;
    private Task _running = Task.CompletedTask;

    public bool IsOn { get; } = options.Mode == CollectorMode.Hold;

    /// <summary>Forwards what need not be held and holds the rest. When this throws, nothing of the batch was taken.</summary>
    /// <exception cref="BackPressureException">There is no room for what must be forwarded or held.</exception>
    public void Accept(TraceBatch batch, IReadOnlyList<GatheredSpan> spans)
    {
        HashSet<TraceId> toHold = ToHold(spans);
        if (toHold.Count == 0)
        {
            forwarder.Enqueue(batch.ToForward());
            return;
        }

        SplitRequest split = SplitRequest.Read(batch.Protobuf);
        var rest = new List<int>();
        var parts = new Dictionary<TraceId, List<int>>();
        for (int i = 0; i < split.Count; i++)
        {
            if (!toHold.Contains(split.TraceId(i)))
                rest.Add(i);
            else if (parts.TryGetValue(split.TraceId(i), out List<int>? part))
                part.Add(i);
            else
                parts.Add(split.TraceId(i), [i]);
        }

        // A batch that would fill the memory alone is not held at all.
        if (parts.Values.Sum(split.Measure) > options.Hold.MaxBytes)
        {
            forwarder.Enqueue(batch.ToForward());
            foreach (TraceId trace in parts.Keys)
                Release(trace, stream: true);
            meter.HoldEnded("too_large");
            return;
        }

        if (Interlocked.Read(ref _leavingBytes) > options.Hold.MaxBytes)
            throw new BackPressureException("held spans wait for room in a forwarding queue; try again later");
        var written = new List<(TraceId Trace, byte[] Request, object? Entry)>();
        try
        {
            foreach ((TraceId trace, List<int> part) in parts)
            {
                byte[] request = split.Write(part);
                written.Add((trace, request, _journal?.Append(request)));
            }

            if (rest.Count > 0)
                forwarder.Enqueue(new OtlpBatch(OtlpSignal.Traces, split.Write(rest, withUnknown: true)));
        }
        catch (BackPressureException)
        {
            Done(written.Select(part => part.Entry).OfType<object>());
            throw;
        }

        foreach ((TraceId trace, byte[] request, object? entry) in written)
            Hold(trace, request, entry);
        batch.ToForward().Release();
        MakeRoom();
    }

    /// <summary>Forwards a held trace as it is; nothing happens when it is not held.</summary>
    public void Release(TraceId trace) => Release(trace, stream: false);

    /// <summary>Forwards a held trace with the verdict on its culprit's span. False when that span is not held (any more): the verdict must go another way.</summary>
    public bool TryRelease(TraceId trace, Verdict verdict)
    {
        if (verdict.Culprit?.SpanId is not { } culprit || Take(trace, stream: false) is not { } held)
            return false;
        byte[] request = held.ToRequest();
        byte[]? amended = VerdictOnCulprit.Write(request, culprit, verdict);
        Leave(amended ?? request, held);
        return amended is not null;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!IsOn)
            return;
        if (options.Forwarding.QueueDirectory is { } folder && options.Forward.Count > 0)
        {
            _journal = new HeldJournal(Path.Combine(folder, "held"), options.Forwarding.QueueMaxBytes, options.Forwarding.QueueFlush, log);
            await _journal.ReplayAsync(batch => untilRoom.EnqueueAsync(batch, cancellationToken)).ConfigureAwait(false);
        }

        meter.ObserveHeld(() => Interlocked.Read(ref _bytes) + Interlocked.Read(ref _leavingBytes));
        TimeSpan period = options.Hold.Deadline / 8;
        _timer = clock.CreateTimer(_ => LetGoByDeadline(), null, period, period);
        _running = Task.Run(ForwardAsync, CancellationToken.None);
    }

    /// <summary>Everything that is held leaves, as it is.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
        while (_longestFirst.First is { Value: var next })
            Release(next.TraceId, stream: true);
        _leaving.Writer.TryComplete();
        await using (cancellationToken.Register(_giveUp.Cancel).ConfigureAwait(false))
            await _running.ConfigureAwait(false);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _giveUp.Dispose();
        _journal?.Dispose();
    }

    private HashSet<TraceId> ToHold(IReadOnlyList<GatheredSpan> spans)
    {
        var toHold = new HashSet<TraceId>();
        lock (_lock)
        {
            foreach (GatheredSpan span in spans)
            {
                if ((span.IsAgent || _held.ContainsKey(span.TraceId)) && !_streaming.ContainsKey(span.TraceId))
                    toHold.Add(span.TraceId);
            }
        }

        return toHold;
    }

    private void Hold(TraceId trace, byte[] request, object? entry)
    {
        lock (_lock)
        {
            if (!_held.TryGetValue(trace, out LinkedListNode<HeldTrace>? node))
                _held.Add(trace, node = _longestFirst.AddLast(new HeldTrace(trace, clock.GetTimestamp())));
            node.Value.Add(request, entry);
            _bytes += request.Length;
        }
    }

    private void MakeRoom()
    {
        while (Interlocked.Read(ref _bytes) > options.Hold.MaxBytes && Longest() is { } longest)
        {
            Release(longest.TraceId, stream: true);
            meter.HoldEnded("no_room");
        }
    }

    private void LetGoByDeadline()
    {
        while (Longest() is { } longest && clock.GetElapsedTime(longest.Since) >= options.Hold.Deadline)
        {
            Release(longest.TraceId, stream: true);
            meter.HoldEnded("deadline");
        }

        lock (_lock)
        {
            while (_streamingByAge.TryPeek(out (TraceId TraceId, long Since) oldest)
                && (_streamingByAge.Count > options.MaxLiveRuns || clock.GetElapsedTime(oldest.Since) > options.MaxWait))
            {
                _streamingByAge.Dequeue();
                _streaming.Remove(oldest.TraceId);
            }
        }
    }

    private HeldTrace? Longest()
    {
        lock (_lock)
            return _longestFirst.First?.Value;
    }

    private void Release(TraceId trace, bool stream)
    {
        if (IsOn && Take(trace, stream) is { } held)
            Leave(held.ToRequest(), held);
    }

    private HeldTrace? Take(TraceId trace, bool stream)
    {
        lock (_lock)
        {
            if (stream && _streaming.TryAdd(trace, clock.GetTimestamp()))
                _streamingByAge.Enqueue((trace, clock.GetTimestamp()));
            if (!_held.Remove(trace, out LinkedListNode<HeldTrace>? node))
                return null;
            _longestFirst.Remove(node);
            _bytes -= node.Value.Bytes;
            return node.Value;
        }
    }

    private void Leave(byte[] request, HeldTrace held)
    {
        Interlocked.Add(ref _leavingBytes, request.Length);
        _leaving.Writer.TryWrite((request, held.Entries));
    }

    private async Task ForwardAsync()
    {
        await foreach ((byte[] request, IReadOnlyList<object> entries) in _leaving.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await untilRoom.EnqueueAsync(new OtlpBatch(OtlpSignal.Traces, request), _giveUp.Token).ConfigureAwait(false);
                Done(entries);
            }
            catch (OperationCanceledException) when (_giveUp.IsCancellationRequested)
            {
                // What is written down is forwarded by the next process.
                if (_journal is null)
                    meter.HeldLost(request.Length);
            }

            Interlocked.Add(ref _leavingBytes, -request.Length);
        }
    }

    private void Done(IEnumerable<object> entries)
    {
        foreach (object entry in entries)
            _journal!.Done(entry);
    }
}
