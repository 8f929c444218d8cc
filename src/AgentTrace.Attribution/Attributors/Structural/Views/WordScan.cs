namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>One pass over a text: which words it has, and which of them look like facts (numbers and names).</summary>
internal sealed class WordScan
{
    private const int MostWords = 2_000;
    private const int ShortestName = 5;

    private WordScan(int[] words, int[] facts)
    {
        Words = words;
        Facts = facts;
    }

    public static WordScan Empty { get; } = new([], []);

    /// <summary>Hashes of the words, sorted, each once.</summary>
    public int[] Words { get; }

    /// <summary>Hashes of the numbers of two digits or more and of the capitalised words, sorted, each once.</summary>
    public int[] Facts { get; }

    public static WordScan Of(ReadOnlySpan<char> text)
    {
        List<int> words = [];
        List<int> facts = [];
        int at = 0;
        while (at < text.Length && words.Count < MostWords)
        {
            while (at < text.Length && !char.IsLetterOrDigit(text[at]))
                at++;
            int start = at;
            uint hash = 2166136261;
            bool digit = false;
            for (; at < text.Length && char.IsLetterOrDigit(text[at]); at++)
            {
                digit |= char.IsAsciiDigit(text[at]);
                hash = (hash ^ char.ToLowerInvariant(text[at])) * 16777619;
            }

            int length = at - start;
            if (length == 0)
                continue;
            words.Add((int)hash);
            if (digit ? length >= 2 : length >= ShortestName && char.IsUpper(text[start]))
                facts.Add((int)hash);
        }

        return words.Count == 0 ? Empty : new WordScan(Distinct(words), Distinct(facts));
    }

    /// <summary>Shared words over all words, 0..1; two empty texts share nothing.</summary>
    public static double Likeness(int[] one, int[] other)
    {
        int all = one.Length + other.Length;
        if (all == 0)
            return 0;
        int shared = 0;
        for (int i = 0, j = 0; i < one.Length && j < other.Length;)
        {
            if (one[i] == other[j])
            {
                shared++;
                i++;
                j++;
            }
            else if (one[i] < other[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (double)shared / (all - shared);
    }

    private static int[] Distinct(List<int> values)
    {
        values.Sort();
        int kept = 0;
        for (int i = 0; i < values.Count; i++)
        {
            if (i == 0 || values[i] != values[kept - 1])
                values[kept++] = values[i];
        }

        return [.. values[..kept]];
    }
}
