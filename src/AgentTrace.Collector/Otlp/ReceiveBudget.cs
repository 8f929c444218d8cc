namespace AgentTrace.Collector.Otlp;

/// <summary>Bounds the bytes of all requests that are being received at once: many large ones at a time must not fill the memory.</summary>
internal sealed class ReceiveBudget(long bytes)
{
    private long _taken;

    /// <summary>Begins to count one request; disposing what it returns gives its bytes back.</summary>
    public Share Begin() => new(this);

    /// <summary>What one request holds.</summary>
    internal sealed class Share(ReceiveBudget budget) : IDisposable
    {
        private long _taken;

        /// <exception cref="BackPressureException">All requests together would be too large.</exception>
        public void Take(int count)
        {
            // One request alone is never too large here: it has a limit of its own.
            long after = Interlocked.Add(ref budget._taken, count);
            _taken += count;
            if (after > budget.Bytes && after != _taken)
                throw new BackPressureException("too much is being received at once; try again later");
        }

        public void Dispose()
        {
            Interlocked.Add(ref budget._taken, -_taken);
            _taken = 0;
        }
    }

    private long Bytes => bytes;
}
