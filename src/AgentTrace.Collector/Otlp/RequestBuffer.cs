using System.Buffers;

namespace AgentTrace.Collector.Otlp;

/// <summary>The bytes of one request in a rented array. Whoever holds it last gives the array back by disposing it, once.</summary>
internal sealed class RequestBuffer(int capacity) : IDisposable
{
    private byte[]? _array = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 1));

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => Array.AsMemory(0, Length);

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(RequestBuffer));

    /// <summary>Free space of at least <paramref name="size"/> bytes; grows when there is less.</summary>
    public Memory<byte> Free(int size)
    {
        byte[] array = Array;
        if (array.Length - Length < size)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + size), Length * 2));
            array.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(array);
            _array = array = larger;
        }

        return array.AsMemory(Length);
    }

    /// <summary>Counts bytes that were put into <see cref="Free"/>.</summary>
    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length).Span);
        Advance(bytes.Length);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            ArrayPool<byte>.Shared.Return(array);
    }
}
