using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A word as a number, the same for large and small letters, and whether a digit stands in it.</summary>
internal readonly struct WordHash
{
    private const int Chunk = 4;
    private const ulong Small = 0x0020_0020_0020_0020;
    private const ulong IsLetter = 0x0040_0040_0040_0040;
    private const ulong NotAscii = 0xFF80_FF80_FF80_FF80;

    // Secret to the process: nobody can write a log whose words all fall into one place. Which words are equal does not depend on it.
    private static readonly ulong Start = Secret();
    private static readonly ulong Factor = Secret() | 1;

    private WordHash(ulong value, bool hasDigit)
    {
        Value = value | 1;
        HasDigit = hasDigit;
    }

    /// <summary>Never 0.</summary>
    public ulong Value { get; }

    public bool HasDigit { get; }

    /// <summary>Reads the word at [start, end) of a text.</summary>
    public static WordHash Of(ReadOnlySpan<char> text, int start, int end)
    {
        // Four letters at a time; one bit makes every ASCII letter small and leaves digits as they are, another tells the two apart.
        ulong hash = Start + (ulong)(end - start), all = IsLetter, any = 0;
        int at = start;
        for (; at + Chunk <= end; at += Chunk)
        {
            ulong chunk = Read(text[at..]);
            any |= chunk;
            all &= chunk;
            hash = Mix(hash ^ (chunk | Small));
        }

        if (at < end)
        {
            int bits = 16 * (end - at);
            ulong chunk = at + Chunk <= text.Length ? Read(text[at..]) & ((1UL << bits) - 1) : ReadLast(text[at..end]);
            any |= chunk;
            all &= chunk | (ulong.MaxValue << bits);
            hash = Mix(hash ^ (chunk | Small));
        }

        return (any & NotAscii) == 0 ? new WordHash(hash, (all & IsLetter) != IsLetter) : Foreign(text[start..end]);
    }

    private static WordHash Foreign(ReadOnlySpan<char> word)
    {
        ulong hash = Start;
        bool digit = false;
        foreach (char c in word)
        {
            hash = Mix(hash ^ char.ToLowerInvariant(c));
            digit |= char.IsAsciiDigit(c);
        }

        return new WordHash(hash, digit);
    }

    private static ulong Read(ReadOnlySpan<char> text) => BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(text));

    private static ulong ReadLast(ReadOnlySpan<char> rest)
    {
        ulong chunk = 0;
        for (int i = rest.Length - 1; i >= 0; i--)
            chunk = (chunk << 16) | rest[i];
        return chunk;
    }

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, Factor, out ulong low);
        return high ^ low;
    }

    private static ulong Secret() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
