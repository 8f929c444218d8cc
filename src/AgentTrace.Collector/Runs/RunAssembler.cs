using AgentTrace.Attribution.Runs.Spans;
using Microsoft.Extensions.Hosting;

namespace AgentTrace.Collector.Runs;

/// <summary>
/// Gathers spans by trace and hands a trace on when it is complete: its ending span came and then nothing more for a quiet time,
/// or nothing came for the longest wait. Traces without agent spans are let go.
/// </summary>
/// <remarks>A trace stands once in the queue of due times; looking at it again costs the same however many traces are alive.</remarks>
internal sealed class RunAssembler(CollectorOptions options, TimeProvider clock, FinishedRuns finished) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingRun> _pending = new(StringComparer.Ordinal);
    private readonly Queue<(string TraceId, DateTimeOffset Due)> _due = new();

    // Runs that left _pending and are not in the store yet: a late span must not begin them anew, or they would be judged twice.
    private readonly HashSet<string> _leaving = new(StringComparer.Ordinal);
    private ITimer? _timer;

    /// <summary>Adds spans to their runs.</summary>
    public void Observe(IReadOnlyList<AgentSpan> spans)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            foreach (AgentSpan span in spans)
            {
                if (!_pending.TryGetValue(span.TraceId, out PendingRun? run))
                {
                    if (_leaving.Contains(span.TraceId) || finished.Knows(span.TraceId) || !MakeRoom())
                        continue;
                    _pending[span.TraceId] = run = new PendingRun(span.TraceId, now, options.MaxSpansPerRun);
                    _due.Enqueue((span.TraceId, now + options.QuietTime));
                }

                run.Add(span, now);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        TimeSpan period = options.QuietTime / 4;
        _timer = clock.CreateTimer(_ => Sweep(), null, period, period);
        return Task.CompletedTask;
    }

    /// <summary>Hands on every run that has ended: a clean stop attributes what it knows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Waits for a sweep that is under way: the runs it hands on must reach the attribution queue before that is closed.
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);
        List<PendingRun> ended;
        lock (_lock)
        {
            ended = [.. _pending.Values.Where(run => run.HasEnded && run.IsAgentRun)];
            _pending.Clear();
            _due.Clear();
        }

        ended.ForEach(finished.Take);
    }

    public void Dispose() => _timer?.Dispose();

    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        var done = new List<PendingRun>();
        lock (_lock)
        {
            // Due times are queued in order of arrival and all lie one quiet time ahead, so the queue is sorted.
            while (_due.TryPeek(out (string TraceId, DateTimeOffset Due) next) && next.Due <= now)
            {
                _due.Dequeue();
                if (!_pending.TryGetValue(next.TraceId, out PendingRun? run))
                    continue;
                if (now - run.LastSeen < run.Patience(options))
                {
                    _due.Enqueue((next.TraceId, now + options.QuietTime));
                    continue;
                }

                _pending.Remove(next.TraceId);
                if (!run.IsAgentRun)
                    continue;
                _leaving.Add(next.TraceId);
                done.Add(run);
            }
        }

        foreach (PendingRun run in done)
        {
            finished.Take(run);
            lock (_lock)
                _leaving.Remove(run.TraceId);
        }
    }

    /// <summary>Under a flood of traces the oldest one goes: its spans were passed on, only its verdict is lost.</summary>
    private bool MakeRoom()
    {
        while (_pending.Count >= options.MaxLiveRuns && _due.TryDequeue(out (string TraceId, DateTimeOffset Due) oldest))
            _pending.Remove(oldest.TraceId);
        return _pending.Count < options.MaxLiveRuns;
    }
}
