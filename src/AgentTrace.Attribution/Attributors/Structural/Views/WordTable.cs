using System.Buffers;
using System.Numerics;

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
    private const int FewestEntries = 1024, MostEntriesAtFirst = 1 << 15;
    private const int CharactersAnEntry = 8;

    private Entry[] _entries;
    private int[] _firstSteps;
    private int _mask;

    /// <param name="characters">Characters of the texts to come: a table that need not grow is filled once.</param>
    public WordTable(long characters)
    {
        int entries = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(characters / CharactersAnEntry, FewestEntries, MostEntriesAtFirst));
        _entries = RentEntries(entries);
        _mask = entries - 1;
        _firstSteps = ArrayPool<int>.Shared.Rent(entries / 2);
    }

    /// <summary>How many different words there are; their numbers are below it.</summary>
    public int Count { get; private set; }

    /// <summary>The first step a word stands in; <see cref="Task"/> for a word of the task.</summary>
    public int FirstStepOf(int word) => _firstSteps[word];

    /// <summary>Reads a text: its words go to <paramref name="words"/>, those that look like facts (numbers, names) to <paramref name="facts"/>; each once a step.</summary>
    /// <returns>How many words were read, repetitions included.</returns>
    public int Read(ReadOnlySpan<char> text, int step, int most, IntList words, IntList facts)
    {
        int read = 0;
        WordBounds bounds = new(text);
        while (read < most && bounds.Next(out int start, out int end))
        {
            read++;
            WordHash hash = WordHash.Of(text, start, end);
            ref Entry entry = ref Find(hash.Value, step);
            if (entry.LastStep != step)
            {
                entry.LastStep = step;
                words.Add(entry.Word);
            }

            int length = end - start;
            bool fact = hash.HasDigit ? length >= ShortestNumber : length >= ShortestName && char.IsUpper(text[start]);
            if (fact && entry.LastFact != step)
            {
                entry.LastFact = step;
                facts.Add(entry.Word);
            }
        }

        return read;
    }

    public void Dispose()
    {
        ArrayPool<Entry>.Shared.Return(_entries);
        ArrayPool<int>.Shared.Return(_firstSteps);
        (_entries, _firstSteps, Count) = ([], [], 0);
    }

    private ref Entry Find(ulong hash, int step)
    {
        if (2 * Count > _mask)
            Grow();
        Entry[] entries = _entries;
        int slot = (int)(hash >> 32) & _mask;
        for (; entries[slot].Hash != 0; slot = (slot + 1) & _mask)
        {
            if (entries[slot].Hash == hash)
                return ref entries[slot];
        }

        if (Count == _firstSteps.Length)
            _firstSteps = IntList.Grow(_firstSteps, Count, 2 * Count);
        _firstSteps[Count] = step;
        entries[slot] = new Entry { Hash = hash, Word = Count++, LastStep = int.MinValue, LastFact = int.MinValue };
        return ref entries[slot];
    }

    private void Grow()
    {
        Entry[] old = _entries;
        int oldMask = _mask;
        _mask = (2 * (_mask + 1)) - 1;
        _entries = RentEntries(_mask + 1);
        foreach (ref readonly Entry entry in old.AsSpan(0, oldMask + 1))
        {
            if (entry.Hash == 0)
                continue;
            int slot = (int)(entry.Hash >> 32) & _mask;
            while (_entries[slot].Hash != 0)
                slot = (slot + 1) & _mask;
            _entries[slot] = entry;
        }

        ArrayPool<Entry>.Shared.Return(old);
    }

    private static Entry[] RentEntries(int size)
    {
        Entry[] rented = ArrayPool<Entry>.Shared.Rent(size);
        rented.AsSpan(0, size).Clear();
        return rented;
    }

    private struct Entry
    {
        /// <summary>0 for a place that is free; never 0 for a word.</summary>
        public ulong Hash;
        public int Word;
        public int LastStep;
        public int LastFact;
    }
}
