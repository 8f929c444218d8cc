using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>Walks over the words of a text: runs of letters and digits, found 64 characters at a time.</summary>
/// <remarks>A bit a character instead of a branch a character: where words end cannot be predicted, and every wrong guess costs more than a whole word.</remarks>
internal ref struct WordBounds(ReadOnlySpan<char> text)
{
    private const int Block = 64;
    private const char LastAscii = '\x7F';
    private readonly ReadOnlySpan<char> _text = text;
    private int _base = -Block;
    private ulong _edges;
    private ulong _carry;
    private int _start = -1;

    /// <summary>Moves to the next word, which stands at [start, end); false at the end of the text.</summary>
    public bool Next(out int start, out int end)
    {
        while (true)
        {
            if (_edges != 0)
            {
                int at = _base + BitOperations.TrailingZeroCount(_edges);
                _edges &= _edges - 1;
                if (_start < 0)
                {
                    _start = at;
                    continue;
                }

                (start, end, _start) = (_start, at, -1);
                return true;
            }

            if (Load())
                continue;
            (start, end) = (_start, _text.Length);
            _start = -1;
            return start >= 0;
        }
    }

    private bool Load()
    {
        _base += Block;
        if (_base >= _text.Length)
            return false;
        ReadOnlySpan<char> block = _text[_base..];
        ulong letters = block.Length >= Block ? LettersOf(block[..Block]) : OneByOne(block, 0, block.Length);
        _edges = letters ^ ((letters << 1) | _carry);
        _carry = letters >> (Block - 1);
        return true;
    }

    private static ulong LettersOf(ReadOnlySpan<char> block)
    {
        ReadOnlySpan<ushort> codes = MemoryMarshal.Cast<char, ushort>(block);
        ulong letters = 0;
        for (int at = 0; at < Block; at += Vector256<ushort>.Count)
        {
            Vector256<ushort> code = Vector256.Create(codes.Slice(at, Vector256<ushort>.Count));
            Vector256<ushort> small = code | Vector256.Create((ushort)0x20);
            Vector256<ushort> letter = Vector256.LessThan(small - Vector256.Create((ushort)'a'), Vector256.Create((ushort)26));
            Vector256<ushort> digit = Vector256.LessThan(code - Vector256.Create((ushort)'0'), Vector256.Create((ushort)10));
            letters |= (ulong)(letter | digit).ExtractMostSignificantBits() << at;
            if (Vector256.GreaterThanAny(code, Vector256.Create((ushort)LastAscii)))
                letters |= OneByOne(block, at, at + Vector256<ushort>.Count);
        }

        return letters;
    }

    private static ulong OneByOne(ReadOnlySpan<char> block, int from, int to)
    {
        ulong letters = 0;
        for (int at = from; at < to; at++)
        {
            if (char.IsLetterOrDigit(block[at]))
                letters |= 1UL << at;
        }

        return letters;
    }
}
