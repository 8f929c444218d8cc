using System.Buffers;
using System.Security.Cryptography;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>The words of one run, each known by a small number, so that steps are compared by numbers and texts are read once.</summary>
/// <remarks>All memory is rented: a run of any size leaves nothing behind for the garbage collector.</remarks>
internal sealed class WordTable : IDisposable
{
    /// <summary>Most words that are read of one text.</summary>
    public const int MostWords = 2_000;

    /// <summary>What stands for the task in <see cref="FirstStepOf"/>.</summary>
    public const int Task = -1;

    private const int ShortestName = 5;
    private const int ShortestNumber = 2;

    // Secret to the process: nobody can write a log whose words all fall into one slot. Which words are equal does not depend on it.
    private static readonly ulong Start = Secret();
    private static readonly ulong Factor = Secret() | 1;
    private static readonly byte[] Folded = FoldAscii();

    private int[] _slots;
    private ulong[] _hashes;
    private int[] _firstSteps;
    private int[] _lastSteps;
    private int[] _lastFacts;
    private int _mask;

    public WordTable()
    {
        _slots = Rent(1024, clear: true);
        _mask = 1023;
        _hashes = ArrayPool<ulong>.Shared.Rent(512);
        _firstSteps = Rent(512);
        _lastSteps = Rent(512);
        _lastFacts = Rent(512);
    }

    /// <summary>How many different words there are; their numbers are below it.</summary>
    public int Count { get; private set; }

    /// <summary>The first step a word stands in; <see cref="Task"/> for a word of the task.</summary>
    public int FirstStepOf(int word) => _firstSteps[word];

    /// <summary>Reads a text: its words go to <paramref name="words"/>, those that look like facts (numbers, names) to <paramref name="facts"/>; each once a step.</summary>
    /// <returns>How many words were read, repetitions included.</returns>
    public int Read(ReadOnlySpan<char> text, int step, int most, IntList words, IntList facts)
    {
        byte[] folded = Folded;
        int read = 0;
        for (int at = 0; at < text.Length;)
        {
            ulong hash = Start;
            int start = at;
            bool digit = false;
            for (; at < text.Length; at++)
            {
                char c = text[at];
                uint letter = c < folded.Length ? folded[c] : char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : 0u;
                if (letter == 0)
                    break;
                digit |= letter - '0' <= 9;
                hash = (hash ^ letter) * Factor;
            }

            int length = at - start;
            at++;
            if (length == 0)
                continue;
            if (++read > most)
                return most;
            int word = Add(hash ^ (hash >> 32), step);
            if (_lastSteps[word] != step)
            {
                _lastSteps[word] = step;
                words.Add(word);
            }

            if ((digit ? length >= ShortestNumber : length >= ShortestName && char.IsUpper(text[start])) && _lastFacts[word] != step)
            {
                _lastFacts[word] = step;
                facts.Add(word);
            }
        }

        return read;
    }

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<ulong>.Shared.Return(_hashes);
        ArrayPool<int>.Shared.Return(_firstSteps);
        ArrayPool<int>.Shared.Return(_lastSteps);
        ArrayPool<int>.Shared.Return(_lastFacts);
        (_slots, _hashes, _firstSteps, _lastSteps, _lastFacts, Count) = ([], [], [], [], [], 0);
    }

    private int Add(ulong hash, int step)
    {
        int slot = (int)hash & _mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & _mask)
        {
            int known = _slots[slot] - 1;
            if (_hashes[known] == hash)
                return known;
        }

        if (Count == _hashes.Length || Count == _firstSteps.Length)
            GrowWords();
        int word = Count++;
        _hashes[word] = hash;
        _firstSteps[word] = step;
        _lastSteps[word] = _lastFacts[word] = int.MinValue;
        _slots[slot] = Count;
        if (2 * Count > _mask)
            GrowSlots();
        return word;
    }

    private void GrowWords()
    {
        int size = 2 * Count;
        ulong[] hashes = ArrayPool<ulong>.Shared.Rent(size);
        _hashes.AsSpan(0, Count).CopyTo(hashes);
        ArrayPool<ulong>.Shared.Return(_hashes);
        _hashes = hashes;
        _firstSteps = IntList.Grow(_firstSteps, Count, size);
        _lastSteps = IntList.Grow(_lastSteps, Count, size);
        _lastFacts = IntList.Grow(_lastFacts, Count, size);
    }

    private void GrowSlots()
    {
        ArrayPool<int>.Shared.Return(_slots);
        int size = 2 * (_mask + 1);
        _slots = Rent(size, clear: true);
        _mask = size - 1;
        for (int word = 0; word < Count; word++)
        {
            int slot = (int)_hashes[word] & _mask;
            while (_slots[slot] != 0)
                slot = (slot + 1) & _mask;
            _slots[slot] = word + 1;
        }
    }

    private static int[] Rent(int size, bool clear = false)
    {
        int[] rented = ArrayPool<int>.Shared.Rent(size);
        if (clear)
            Array.Clear(rented);
        return rented;
    }

    private static ulong Secret() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private static byte[] FoldAscii()
    {
        byte[] folded = new byte[128];
        for (int c = 0; c < folded.Length; c++)
            folded[c] = char.IsAsciiLetterOrDigit((char)c) ? (byte)char.ToLowerInvariant((char)c) : (byte)0;
        return folded;
    }
}
