using System.Buffers;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A text as signals read it: a huge one at both ends only, since what a step is about stands at its start and what came of it at its end.</summary>
internal readonly struct BoundedText(string text)
{
    /// <summary>Characters read at each end of a huge text.</summary>
    public const int End = 16 * 1024;

    private const int LongestQuote = 120;
    private readonly string _text = text;

    /// <summary>Length of the whole text.</summary>
    public int Length => _text.Length;

    /// <summary>All of the text, or its start.</summary>
    public ReadOnlySpan<char> Head => _text.AsSpan(0, _text.Length <= 2 * End ? _text.Length : End);

    /// <summary>The end of a huge text; empty for any other.</summary>
    public ReadOnlySpan<char> Tail => _text.Length <= 2 * End ? [] : _text.AsSpan(_text.Length - End);

    /// <summary>Where the first of the phrases stands in the whole text; -1 where none does.</summary>
    public int IndexOfAny(SearchValues<string> phrases)
    {
        int at = Head.IndexOfAny(phrases);
        if (at >= 0 || Tail.IsEmpty)
            return at;
        at = Tail.IndexOfAny(phrases);
        return at < 0 ? -1 : _text.Length - End + at;
    }

    /// <summary>How often phrases occur, counted up to <paramref name="most"/>.</summary>
    public int Count(SearchValues<string> phrases, int most)
    {
        int count = Count(Head, phrases, most);
        return Tail.IsEmpty ? count : count + Count(Tail, phrases, most - count);
    }

    /// <summary>How often a character occurs.</summary>
    public int Count(char c) => Head.Count(c) + Tail.Count(c);

    /// <summary>At most 120 characters around a place, on one line, for a reason.</summary>
    public static string Quote(string text, int at = 0)
    {
        int start = Math.Max(0, Math.Min(at - 30, text.Length - LongestQuote));
        int length = Math.Min(LongestQuote, text.Length - start);
        if (length > 0 && start > 0 && char.IsLowSurrogate(text[start]))
            (start, length) = (start + 1, length - 1);
        if (length > 0 && char.IsHighSurrogate(text[start + length - 1]))
            length--;
        return text.Substring(start, length).ReplaceLineEndings(" ").Trim();
    }

    /// <summary>The same around the first of the phrases.</summary>
    public string Quote(SearchValues<string> phrases) => Quote(_text, Math.Max(0, IndexOfAny(phrases)));

    private static int Count(ReadOnlySpan<char> text, SearchValues<string> phrases, int most)
    {
        int count = 0;
        while (count < most && text.IndexOfAny(phrases) is >= 0 and int at)
        {
            count++;
            text = text[(at + 1)..];
        }

        return count;
    }
}
