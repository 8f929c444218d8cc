using AgentTrace.Collector.Otlp;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>Which numbered spans came, and how often.</summary>
internal sealed class SpanTally
{
    private readonly Lock _lock = new();
    private readonly List<long> _latencies = [];
    private byte[] _times = new byte[1 << 20];

    /// <summary>Numbered spans that came, each counted once.</summary>
    public long Unique { get; private set; }

    /// <summary>Numbered spans that came again.</summary>
    public long Again { get; private set; }

    /// <summary>Spans without a number: what the collector itself said.</summary>
    public long Others { get; private set; }

    /// <summary>Counts the spans of a request.</summary>
    public void Count(ReadOnlySpan<byte> request, DateTimeOffset now)
    {
        lock (_lock)
        {
            var counter = new Counter(this, (ulong)(now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
            OtlpTraceScanner.Scan(request, ref counter);
        }
    }

    /// <summary>How many of the first <paramref name="count"/> numbers did not come, apart from requests that were not accepted and spans that are elsewhere.</summary>
    public long Missing(long count, IReadOnlyList<long> unaccepted, int batch, SpanTally? elsewhere = null)
    {
        lock (_lock)
        {
            var excepted = unaccepted.SelectMany(first => Enumerable.Range(0, batch).Select(i => first + i)).ToHashSet();
            long missing = 0;
            for (long i = 0; i < count; i++)
                if (!Has(i) && !excepted.Contains(i) && elsewhere?.Has(i) != true)
                    missing++;
            return missing;
        }
    }

    /// <summary>Forgets all that came.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_times);
            _latencies.Clear();
            Unique = Again = Others = 0;
        }
    }

    /// <summary>Nanoseconds from the sending of a request to its coming here, as the quantile of all; forgets them.</summary>
    public double TakeLatency(double quantile)
    {
        lock (_lock)
        {
            _latencies.Sort();
            double value = _latencies.Count == 0 ? 0 : _latencies[(int)((_latencies.Count - 1) * quantile)];
            _latencies.Clear();
            return value;
        }
    }

    private bool Has(long number) => number < _times.Length && _times[number] > 0;

    private void Add(long number)
    {
        if (number < 0)
        {
            Others++;
            return;
        }

        if (number >= _times.Length)
            Array.Resize(ref _times, (int)Math.Max(number + 1, _times.Length * 2L));
        if (_times[number]++ == 0)
            Unique++;
        else
            Again++;
    }

    private ref struct Counter(SpanTally tally, ulong now) : ISpanVisitor
    {
        private ulong _stamp;

        public void Visit(scoped in SpanHeader span)
        {
            long number = LoadRequest.NumberOf(span.SpanId);
            tally.Add(number);
            if (number < 0)
                return;
            ulong stamp = StampOf(span.Message);
            if (stamp == _stamp)
                return;
            _stamp = stamp;
            tally._latencies.Add((long)(now - stamp));
        }

        private static ulong StampOf(ReadOnlySpan<byte> span)
        {
            var reader = new ProtobufReader(span);
            while (reader.TryReadTag(out int field, out WireType type))
            {
                if (field == OtlpFields.Span.StartTimeUnixNano)
                    return reader.ReadFixed64();
                reader.Skip(field, type);
            }

            return 0;
        }
    }
}
