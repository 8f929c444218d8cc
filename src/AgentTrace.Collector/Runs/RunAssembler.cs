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
    private readonly LinkedList<PendingRun> _byAge = [];
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
            _byAge.Clear();
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

    /// <summary>Puts it last among those like it: runs that wait to be judged, or runs that were and are kept for what comes late.</summary>
    private void Place(PendingRun run)
    {
        LinkedList<PendingRun> list = run.HasNews ? _byAge : _judged;
        if (list.Last == run.AgeNode)
            return;
        run.AgeNode.List?.Remove(run.AgeNode);
        list.AddLast(run.AgeNode);
    }

    /// <summary>
    /// Under a flood runs go, those first that were judged, and of each kind the one that was idle longest: its spans were passed on. One that has
    /// ended is judged as it is; of another only the verdict is lost, and counted.
    /// </summary>
    private void MakeRoom(TimeSpan now, ref List<HandedOnRun>? evicted)
    {
        // The last one may be as large as one run may be.
        while (_runs.Count > 1 && (_judged.First ?? _byAge.First) is { Value: { } oldest } && (_runs.Count > _options.MaxLiveRuns || _bytes > _options.MaxGatheredBytes))
        {
            string reason = _runs.Count > _options.MaxLiveRuns ? "too_many_runs" : "too_many_bytes";
            _meter.RunEvicted(!oldest.HasNews ? "judged" : oldest.HasEnded ? "early" : reason);
            if (oldest.HasNews && oldest.HasEnded)
                (evicted ??= []).Add(HandOn(oldest, now));
            Forget(oldest);
        }
    }

    private void Forget(PendingRun run)
    {
        DueWheel.Remove(run);
        run.AgeNode.List?.Remove(run.AgeNode);
        _runs.Remove(run.TraceId);
        _bytes -= run.Bytes;
        run.IsForgotten = true;
        if (run.Readers == 0)
            _spare.Return(run);
    }

    /// <summary>A run as it was handed on, and whose bytes that still are.</summary>
    private readonly record struct HandedOnRun(PendingRun Run, CompleteRun Complete);
}
