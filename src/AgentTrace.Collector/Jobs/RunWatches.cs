using AgentTrace.Collector.Otlp;
using AgentTrace.Store.Jobs;

namespace AgentTrace.Collector.Jobs;

/// <summary>Which runs a write has watched: a run is not written down anew with each of its requests, only when its wait ends sooner or begins anew. One thread uses it.</summary>
internal sealed class RunWatches(TimeProvider clock, int mostKnown = 256 * 1024)
{
    private readonly Dictionary<TraceId, (TimeSpan Wait, bool MayHaveFailed, long Written)> _known = [];

    /// <summary>The watches to write together with the requests in which these traces were seen.</summary>
    public IReadOnlyCollection<RunWatch> Of(IEnumerable<SeenTrace> seen)
    {
        if (_known.Count > mostKnown)
            _known.Clear();
        var watches = new Dictionary<TraceId, RunWatch>();
        foreach (SeenTrace trace in seen)
        {
            bool isKnown = _known.TryGetValue(trace.TraceId, out (TimeSpan Wait, bool MayHaveFailed, long Written) last);
            if (!isKnown && !trace.IsAgent)
                continue;
            TimeSpan wait = isKnown && last.Wait < trace.Wait ? last.Wait : trace.Wait;

            bool mayHaveFailed = trace.MayHaveFailed || last.MayHaveFailed;

            // What is written within a quarter of the wait is stored long before the run is judged.
            if (isKnown && wait == last.Wait && mayHaveFailed == last.MayHaveFailed && clock.GetElapsedTime(last.Written) < wait / 4)
                continue;
            _known[trace.TraceId] = (wait, mayHaveFailed, clock.GetTimestamp());
            watches[trace.TraceId] = new RunWatch(trace.TraceId.Number, wait, mayHaveFailed);
        }

        return watches.Values;
    }

    /// <summary>A write failed: what it would have watched is to be written anew.</summary>
    public void Forget() => _known.Clear();
}
