using ZstdSharp;

namespace AgentTrace.Store.Spans;

/// <summary>Puts spans together into one block. It may be used for one block after the other, by one thread.</summary>
public sealed class SpanBlockBuilder : IDisposable
{
    private readonly Compressor _compressor = new(level: 3);
    private readonly List<BlockEntry> _directory = [];
    private readonly HashSet<ulong> _tokens = [];
    private readonly HashSet<ServiceOperation> _operations = [];
    private byte[] _raw = new byte[256 * 1024];
    private int _spans, _errors;
    private long _minStart = long.MaxValue, _maxStart, _maxDuration;

    /// <summary>Bytes put in so far.</summary>
    public int RawBytes { get; private set; }

    /// <summary>Spans noted so far.</summary>
    public int Spans => _spans;

    /// <summary>Adds spans of one trace.</summary>
    /// <param name="traceId">The trace.</param>
    /// <param name="tracesData">An OTLP TracesData message (the same bytes as an export request).</param>
    public void Add(UInt128 traceId, ReadOnlySpan<byte> tracesData)
    {
        if (_raw.Length - RawBytes < tracesData.Length)
            Array.Resize(ref _raw, Math.Max(checked(RawBytes + tracesData.Length), _raw.Length * 2));
        tracesData.CopyTo(_raw.AsSpan(RawBytes));
        _directory.Add(new BlockEntry(traceId, RawBytes, tracesData.Length));
        RawBytes += tracesData.Length;
    }

    /// <summary>Notes what a search wants to know of one of the spans that were added.</summary>
    /// <param name="operation">What it does, for whom.</param>
    /// <param name="startUnixNano">Its start.</param>
    /// <param name="endUnixNano">Its end.</param>
    /// <param name="isError">Whether its status is ERROR.</param>
    public void Note(ServiceOperation operation, ulong startUnixNano, ulong endUnixNano, bool isError)
    {
        // A span of a broken clock must not make times wrap around: engines keep them signed.
        long start = (long)Math.Min(startUnixNano, long.MaxValue), end = (long)Math.Min(endUnixNano, long.MaxValue);
        _spans++;
        _errors += isError ? 1 : 0;
        _minStart = Math.Min(_minStart, start);
        _maxStart = Math.Max(_maxStart, start);
        _maxDuration = Math.Max(_maxDuration, end - start);
        _operations.Add(operation);
    }

    /// <summary>Notes something that occurs in the spans, see <see cref="BlockFilter"/>.</summary>
    public void Token(ulong token) => _tokens.Add(token);

    /// <summary>The block; the builder is empty after that.</summary>
    public SpanBlock Build()
    {
        var block = new SpanBlock
        {
            Directory = [.. _directory],
            Data = _compressor.Wrap(_raw.AsSpan(0, RawBytes)).ToArray(),
            RawBytes = RawBytes,
            Spans = _spans,
            Errors = _errors,
            MinStartUnixNano = Math.Min(_minStart, _maxStart),
            MaxStartUnixNano = _maxStart,
            MaxDurationNano = _maxDuration,
            Filter = BlockFilter.Build(_tokens),
            Operations = [.. _operations],
        };
        _directory.Clear();
        _tokens.Clear();
        _operations.Clear();
        (RawBytes, _spans, _errors) = (0, 0, 0);
        (_minStart, _maxStart, _maxDuration) = (long.MaxValue, 0, 0);
        return block;
    }

    /// <inheritdoc/>
    public void Dispose() => _compressor.Dispose();
}
