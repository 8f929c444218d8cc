using System.Runtime.InteropServices;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Collector.Jobs;

/// <summary>What one request tells about one trace.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="IsAgent">Whether an agent, model or tool speaks in it.</param>
/// <param name="MayHaveFailed">Whether something in it says so.</param>
/// <param name="Wait">How long nothing may come, as far as this request tells, before its run is complete.</param>
internal readonly record struct SeenTrace(TraceId TraceId, bool IsAgent, bool MayHaveFailed, TimeSpan Wait)
{
    /// <summary>The traces of a request, each once.</summary>
    public static SeenTrace[] Of(List<GatheredSpan> spans, CollectorOptions options)
    {
        var traces = new Dictionary<TraceId, SeenTrace>();
        foreach (ref readonly GatheredSpan span in CollectionsMarshal.AsSpan(spans))
        {
            TimeSpan wait = span.IsRoot ? options.QuietTime : span.EndsRun ? options.ParentWait : options.MaxWait;
            traces[span.TraceId] = traces.TryGetValue(span.TraceId, out SeenTrace known)
                ? new SeenTrace(span.TraceId, known.IsAgent || span.IsAgent, known.MayHaveFailed || FailureSigns.In(in span), wait < known.Wait ? wait : known.Wait)
                : new SeenTrace(span.TraceId, span.IsAgent, FailureSigns.In(in span), wait);
        }

        return [.. traces.Values];
    }
}
