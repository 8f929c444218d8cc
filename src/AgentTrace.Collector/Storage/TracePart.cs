using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Storage;

/// <summary>Spans of one trace that came in one request.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Data">Them alone as an OTLP TracesData message, which is an export request too.</param>
internal readonly record struct TracePart(TraceId TraceId, byte[] Data)
{
    /// <summary>A part of a huge trace is cut at this many bytes: a search unpacks whole blocks.</summary>
    private const int Longest = 128 * 1024;

    /// <summary>Takes a valid request apart.</summary>
    public static IEnumerable<TracePart> Of(ReadOnlyMemory<byte> request)
    {
        SplitRequest split = SplitRequest.Read(request);
        foreach (IGrouping<TraceId, int> trace in Enumerable.Range(0, split.Count).GroupBy(split.TraceId))
        {
            var some = new List<int>();
            int bytes = 0;
            foreach (int span in trace)
            {
                if (bytes > 0 && bytes + split.Length(span) > Longest)
                {
                    yield return new TracePart(trace.Key, split.Write(some));
                    some.Clear();
                    bytes = 0;
                }

                some.Add(span);
                bytes += split.Length(span);
            }

            yield return new TracePart(trace.Key, split.Write(some));
        }
    }

    /// <summary>Whether an agent, model or tool speaks in it, or a verdict on them.</summary>
    public bool SpeaksOfAgents()
    {
        var finder = new AgentFinder();
        OtlpTraceScanner.Scan(Data, ref finder);
        return finder.Found;
    }

    private struct AgentFinder : ISpanVisitor
    {
        public bool Found { get; private set; }

        public void Visit(scoped in SpanHeader span) => Found |= span.IsAgent || Runs.SpanGlance.IsNamedAgent(span.Name);
    }
}
