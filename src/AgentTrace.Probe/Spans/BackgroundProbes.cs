using System.Diagnostics;
using System.Threading.Channels;

namespace AgentTrace.Probe.Spans;

/// <summary>Reads texts on a thread of its own. Offering one never waits: when the queue is full the text is dropped, and counted.</summary>
public sealed class BackgroundProbes : IDisposable
{
    private readonly Channel<ProbeJob> _jobs;
    private readonly Thread _thread;
    private long _dropped;
    private long _unread;
    private long _told;

    /// <summary>Starts the thread.</summary>
    /// <param name="capacity">Most texts that wait, at least 1.</param>
    public BackgroundProbes(int capacity = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _jobs = Channel.CreateBounded<ProbeJob>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _thread = new Thread(Work) { IsBackground = true, Name = "AgentTrace probe", Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Texts that were dropped because the queue was full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Texts that a probe could not read, because they hold words that are no tokens or no words at all. The event source <c>AgentTrace-Probe</c> says which.</summary>
    public long Unread => Interlocked.Read(ref _unread);

    /// <summary>Offers what an agent said to a probe; its spans appear under <see cref="Activity.Current"/>, the turn.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="text">Tokens of its vocabulary, separated by white space.</param>
    /// <returns>False when it was dropped.</returns>
    public bool Offer(CircuitProbe probe, string text)
    {
        ArgumentNullException.ThrowIfNull(probe);
        ArgumentNullException.ThrowIfNull(text);
        return Add(new ProbeJob(probe, text, IsMessages: false, Activity.Current?.Context ?? default));
    }

    /// <summary>Waits until everything offered so far is read.</summary>
    /// <param name="timeout">Waits no longer than this; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <returns>Whether it is.</returns>
    public bool Flush(TimeSpan timeout)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var late = new CancellationTokenSource(timeout);
        try
        {
            _jobs.Writer.WriteAsync(new ProbeJob(null, "", false, default, reached), late.Token).AsTask().GetAwaiter().GetResult();
            reached.Task.Wait(late.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (ChannelClosedException)
        {
            return _thread.Join(timeout);
        }
    }

    /// <summary>Takes no more texts, and returns when those that wait are read.</summary>
    public void Dispose()
    {
        _jobs.Writer.TryComplete();
        _thread.Join();
    }

    internal bool Add(in ProbeJob job)
    {
        if (_jobs.Writer.TryWrite(job))
            return true;
        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Takes no more texts and waits a while for those that wait to be read.</summary>
    internal bool Close(TimeSpan timeout)
    {
        _jobs.Writer.TryComplete();
        return _thread.Join(timeout);
    }

    private void Work()
    {
        while (_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            while (_jobs.Reader.TryRead(out ProbeJob job))
                Do(job);
    }

    private void Do(in ProbeJob job)
    {
        if (job.Probe is not { } probe)
        {
            job.Reached?.SetResult();
            return;
        }

        long dropped = Dropped;
        try
        {
            string text = job.IsMessages ? OutputText.Of(job.Text) : job.Text;
            if (probe.Emit(text, job.Parent, dropped - _told) is not null)
                _told = dropped;
        }
#pragma warning disable CA1031 // Whatever a text brings about, the next one is read: telemetry may not end here, nor reach the app.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Interlocked.Increment(ref _unread);
            ProbeEventSource.Log.NotRead(probe.Circuit.Task, e.Message);
        }
    }
}
