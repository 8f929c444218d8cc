namespace AgentTrace.Collector.Runs;

/// <summary>Room for the messages of spans that live and die together. Blocks, not one array for each: what dies in its middle age costs a collector of garbage most.</summary>
internal sealed class SpanBytes
{
    private const int SmallestBlock = 1024;
    private const int LargestBlock = 64 * 1024;

    private const int Step = 512;

    private byte[] _block = [];
    private int _used;
    private int _usedBefore;

    /// <summary>Bytes of all blocks.</summary>
    public int Capacity { get; private set; }

    /// <summary>Copies a message; the copy stays as it is until <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Add(ReadOnlySpan<byte> message)
    {
        if (_block.Length - _used < message.Length)
            Grow(message.Length);
        Memory<byte> copy = _block.AsMemory(_used, message.Length);
        message.CopyTo(copy.Span);
        _used += message.Length;
        return copy;
    }

    /// <summary>Forgets all messages. Room for as many as there were is kept, in one block, unless it is more than <paramref name="mostKept"/> bytes.</summary>
    public void Clear(int mostKept)
    {
        int whole = _usedBefore + _used;
        if (whole > mostKept)
            _block = [];
        else if (_usedBefore > 0)
            _block = GC.AllocateUninitializedArray<byte>((whole + Step - 1) / Step * Step);
        Capacity = _block.Length;
        _used = _usedBefore = 0;
    }

    private void Grow(int needed)
    {
        _usedBefore += _used;
        int size = Math.Max(needed, Math.Clamp(_block.Length * 2, SmallestBlock, LargestBlock));
        _block = GC.AllocateUninitializedArray<byte>(size);
        Capacity += size;
        _used = 0;
    }
}
