using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Storage;

/// <summary>Turns requests into blocks: what comes of one trace at one time lies together, and a block holds many traces, since spans that are alike pack well.</summary>
internal sealed class BlockPacker(StoredContents contents) : IDisposable
{
    /// <summary>Unpacked bytes of a block: large enough to pack well, small enough to be unpacked for one trace in a fraction of a millisecond.</summary>
    private const int BlockBytes = 256 * 1024;

    private readonly SpanBlockBuilder _block = new();
    private readonly SpanIndexer _indexer = new();
    private readonly AgentTraces _agents = new();

    public IReadOnlyList<SpanBlock> Pack(IEnumerable<ReadOnlyMemory<byte>> requests)
    {
        var blocks = new List<SpanBlock>();
        IEnumerable<TracePart> parts = requests.SelectMany(TracePart.Of);
        if (contents == StoredContents.AgentRuns)
            parts = _agents.Select(parts);
        foreach (TracePart part in parts.GroupBy(part => part.TraceId).SelectMany(trace => trace))
        {
            _block.Add(part.TraceId.Number, part.Data);
            _indexer.Note(part.Data, _block);
            if (_block.RawBytes >= BlockBytes)
                blocks.Add(_block.Build());
        }

        if (_block.RawBytes > 0)
            blocks.Add(_block.Build());
        return blocks;
    }

    public void Dispose() => _block.Dispose();
}
