using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Telemetry;
using Microsoft.Extensions.Hosting;

namespace AgentTrace.Collector.Runs;

/// <summary>
/// Gathers spans by trace and hands a trace on when it is complete: its ending span came and then nothing more for a quiet time, or nothing
/// came for the longest wait. Only traces in which an agent spoke are gathered. A run that was handed on is kept a while: late spans that tell
/// something new have it handed on again.
/// </summary>
/// <remarks>What a span costs does not depend on how many runs are alive: one look-up, one move in a list; due times stand in a wheel.</remarks>
internal sealed class RunAssembler : IHostedService, IDisposable
{
    private const int RememberedStrays = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<TraceId, PendingRun> _runs = [];
    private readonly LinkedList<PendingRun> _atWork = [];
    private readonly LinkedList<PendingRun> _ended = [];
    private readonly LinkedList<PendingRun> _judged = [];
    private readonly StrayPlaces _strays = new(RememberedStrays);
    private readonly SpareRuns _spare;
    private readonly DueWheel _wheel;
    private readonly CollectorOptions _options;
    private readonly TimeProvider _clock;
    private readonly FinishedRuns _finished;
    private readonly CollectorMeter _meter;
    private readonly long _origin;
    private long _bytes;
    private long _bytesAtRest;
    private ITimer? _timer;

    public RunAssembler(CollectorOptions options, TimeProvider clock, FinishedRuns finished, CollectorMeter meter)
    {
        (_options, _clock, _finished, _meter) = (options, clock, finished, meter);
        _origin = clock.GetTimestamp();
        _spare = new SpareRuns(options);
        _wheel = new DueWheel(options.QuietTime / 8);
        meter.ObserveRuns(() => Volatile.Read(ref _bytes), () => _runs.Count);
    }

    // Waits are measured by the clock that no one sets: a jump of the wall clock must not end or hold a run.
    private TimeSpan Now => _clock.GetElapsedTime(_origin);

    /// <summary>Adds the spans of a request to their runs.</summary>
    public void Observe(ReadOnlySpan<GatheredSpan> spans)
    {
        if (spans.IsEmpty)
            return;
        TimeSpan now = Now;
        List<HandedOnRun>? evicted = null;
        lock (_lock)
        {
            foreach (ref readonly GatheredSpan span in spans)
                Add(in span, now);
            MakeRoom(now, ref evicted);
        }

        if (evicted is not null)
            Finish(evicted);
    }

    /// <summary>What was decided about a run whose spans are still kept; null for any other.</summary>
    public RunHistory? HistoryOf(TraceId trace)
    {
        lock (_lock)
            return _runs.GetValueOrDefault(trace)?.History;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TimeSpan period = _options.QuietTime / 4;
        _timer = _clock.CreateTimer(_ => Sweep(), null, period, period);
        return Task.CompletedTask;
    }

    /// <summary>Hands on every run that has ended: a clean stop attributes what it knows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Waits for a sweep that is under way: the runs it hands on must reach the attribution queue before that is closed.
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
        List<HandedOnRun> ended;
        lock (_lock)
        {
            TimeSpan now = Now;
            ended = [.. _runs.Values.Where(run => run.HasEnded && run.HasNews).Select(run => HandOn(run, now))];
            _runs.Clear();
            _atWork.Clear();
            _ended.Clear();
            _judged.Clear();
        }

        Finish(ended);
    }

    public void Dispose() => _timer?.Dispose();

    private void Add(in GatheredSpan span, TimeSpan now)
    {
        if (!_runs.TryGetValue(span.TraceId, out PendingRun? run))
        {
            if (!span.IsAgent)
            {
                _strays.Add(in span);
                return;
            }

            run = _spare.Take(span.TraceId, now);
            _runs.Add(span.TraceId, run);
            _strays.MoveTo(run, now);
            _bytes += run.Bytes;
        }

        long before = run.Bytes;
        run.Add(in span, now);
        _bytes += run.Bytes - before;
        Place(run);

        // Later due times need no new place: the run is found too early once, and put where it then belongs.
        if (run.DueNode.List is null || run.Deadline < run.Due)
            _wheel.Schedule(run, run.Deadline);
    }

    private void Sweep()
    {
        var due = new List<PendingRun>();
        var complete = new List<HandedOnRun>();
        lock (_lock)
        {
            TimeSpan now = Now;
            _wheel.Turn(now, due);
            foreach (PendingRun run in due)
            {
                if (run.Deadline > now)
                {
                    _wheel.Schedule(run, run.Deadline);
                }
                else if (run.HasNews)
                {
                    complete.Add(HandOn(run, now));
                    Place(run);
                    _wheel.Schedule(run, run.Deadline);
                }
                else
                {
                    Forget(run);
                }
            }

            _spare.Trim();
        }

        Finish(complete);
    }

    private static HandedOnRun HandOn(PendingRun run, TimeSpan now) => new(run, run.HandOn(now));

    /// <summary>Has runs looked at, outside the lock; then those that were let go meanwhile can be used again.</summary>
    private void Finish(List<HandedOnRun> runs)
    {
        foreach (HandedOnRun run in runs)
        {
            _finished.Take(run.Complete);
            lock (_lock)
            {
                run.Run.EndReading();
                if (run.Run is { Readers: 0, IsForgotten: true })
                    _spare.Return(run.Run);
            }
        }
    }

    /// <summary>Puts it last among those like it: runs at work, runs that have ended and wait to be judged, and runs that were and are kept for what comes late.</summary>
    private void Place(PendingRun run)
    {
        CountAtRest(run, run.IsAtRest ? run.Bytes : 0);
        LinkedList<PendingRun> list = !run.HasNews ? _judged : run.HasEnded ? _ended : _atWork;
        if (list.Last == run.AgeNode)
            return;
        run.AgeNode.List?.Remove(run.AgeNode);
        list.AddLast(run.AgeNode);
    }

    /// <summary>
    /// Under a flood runs go, those first that were judged, then those that have ended, and of each kind the one that was idle longest: its spans were passed on. One that has
    /// ended is judged as it is; of one at work only the verdict is lost, and counted.
    /// </summary>
    private void MakeRoom(TimeSpan now, ref List<HandedOnRun>? evicted)
    {
        // The last one, of all and of those at rest, may be as large as one run may be.
        while (_runs.Count > 1 && Surplus() is { } surplus)
        {
            _meter.RunEvicted(!surplus.HasNews ? "judged" : surplus.HasEnded ? "early" : _runs.Count > _options.MaxLiveRuns ? "too_many_runs" : "too_many_bytes");
            if (surplus.HasNews && surplus.HasEnded)
                (evicted ??= []).Add(HandOn(surplus, now));
            Forget(surplus);
        }
    }

    private PendingRun? Surplus()
    {
        PendingRun? atRest = (_judged.First ?? _ended.First)?.Value;
        if (_runs.Count > _options.MaxLiveRuns || _bytes > _options.MaxGatheredBytes)
            return atRest ?? _atWork.First!.Value;
        return _bytesAtRest > _options.MaxEndedBytes && _judged.Count + _ended.Count > 1 ? atRest : null;
    }

    private void CountAtRest(PendingRun run, long bytes)
    {
        _bytesAtRest += bytes - run.BytesAtRest;
        run.BytesAtRest = bytes;
    }

    private void Forget(PendingRun run)
    {
        DueWheel.Remove(run);
        run.AgeNode.List?.Remove(run.AgeNode);
        _runs.Remove(run.TraceId);
        _bytes -= run.Bytes;
        CountAtRest(run, 0);
        run.IsForgotten = true;
        if (run.Readers == 0)
            _spare.Return(run);
    }

    /// <summary>A run as it was handed on, and whose bytes that still are.</summary>
    private readonly record struct HandedOnRun(PendingRun Run, CompleteRun Complete);
}
