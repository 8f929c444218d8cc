using System.Buffers;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>Marks the words of one text, to count how many of them another has.</summary>
internal sealed class Marks : IDisposable
{
    private readonly int[] _stamps;
    private int _stamp;
    private int _owner = -1;

    public Marks(int words)
    {
        _stamps = ArrayPool<int>.Shared.Rent(words);
        _stamps.AsSpan(0, words).Clear();
    }

    /// <summary>Marks these words alone; the same owner twice in a row is marked once.</summary>
    public void Set(int owner, ReadOnlySpan<int> words)
    {
        if (owner == _owner)
            return;
        _owner = owner;
        _stamp++;
        foreach (int word in words)
            _stamps[word] = _stamp;
    }

    public int CountIn(ReadOnlySpan<int> words)
    {
        int count = 0;
        foreach (int word in words)
            count += _stamps[word] == _stamp ? 1 : 0;
        return count;
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(_stamps);
}
