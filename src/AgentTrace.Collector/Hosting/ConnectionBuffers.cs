using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace AgentTrace.Collector.Hosting;

/// <summary>
/// The buffers that connections are read into: larger than the server's own of 4 KiB, which takes a system call for each. Export requests are
/// long, so a call brings four times as much.
/// </summary>
internal sealed class ConnectionBuffers : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockBytes = 16 * 1024;
    private const int MostIdle = 512;

    private readonly ConcurrentQueue<Block> _idle = new();
    private int _idleCount;

    public override int MaxBufferSize => BlockBytes;

    /// <summary>All connections share one pool.</summary>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
        if (!_idle.TryDequeue(out Block? block))
            return new Block(this);
        Interlocked.Decrement(ref _idleCount);
        return block;
    }

    /// <summary>Nothing to give back: the garbage collector has idle blocks once nobody knows the pool, and connections may end after it.</summary>
    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref _idleCount) <= MostIdle)
            _idle.Enqueue(block);
        else
            Interlocked.Decrement(ref _idleCount);
    }

    private sealed class Block(ConnectionBuffers pool) : IMemoryOwner<byte>
    {
        // Pinned, as the server's own are: it is handed to the system again and again.
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);

        public void Dispose() => pool.Return(this);
    }
}
