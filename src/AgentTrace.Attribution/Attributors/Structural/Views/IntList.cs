using System.Buffers;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A growing list of numbers in rented memory.</summary>
internal sealed class IntList(int capacity) : IDisposable
{
    private int[] _items = ArrayPool<int>.Shared.Rent(capacity);

    public int Count { get; private set; }

    public ReadOnlySpan<int> Span => _items.AsSpan(0, Count);

    public void Add(int item)
    {
        if (Count == _items.Length)
            _items = Grow(_items, Count, 2 * Count);
        _items[Count++] = item;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_items);
        (_items, Count) = ([], 0);
    }

    /// <summary>Swaps a rented array for a larger one with the same first items.</summary>
    public static int[] Grow(int[] items, int count, int size)
    {
        int[] larger = ArrayPool<int>.Shared.Rent(size);
        items.AsSpan(0, count).CopyTo(larger);
        ArrayPool<int>.Shared.Return(items);
        return larger;
    }
}
