namespace AgentTrace.Probe.Corpora;

/// <summary>The tokens of a model, each a word of text; ids are places in the list.</summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly string[] _words;

    /// <summary>Creates the vocabulary.</summary>
    /// <exception cref="ArgumentException">A word is empty, holds white space, or stands there twice.</exception>
    public Vocabulary(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = [.. words];
        for (int i = 0; i < _words.Length; i++)
        {
            if (string.IsNullOrEmpty(_words[i]) || _words[i].Any(char.IsWhiteSpace))
                throw new ArgumentException($"Token {i} of the vocabulary is \"{_words[i]}\": a token has no white space and at least one character.", nameof(words));
            if (!_ids.TryAdd(_words[i], i))
                throw new ArgumentException($"Token {i} of the vocabulary, \"{_words[i]}\", stands there twice.", nameof(words));
        }
    }

    /// <summary>Number of tokens.</summary>
    public int Count => _words.Length;

    /// <summary>All tokens, by id.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>A token's id.</summary>
    /// <exception cref="ArgumentException">The vocabulary has no such token.</exception>
    public int this[string word] =>
        _ids.TryGetValue(word, out int id) ? id : throw new ArgumentException($"The vocabulary has no token \"{word}\" (it has {Count}, from \"{_words[0]}\" to \"{_words[^1]}\").", nameof(word));

    /// <summary>Ids of the tokens of a text, which are separated by white space.</summary>
    /// <exception cref="ArgumentException">A word is no token; the message says which.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => this[word])];
    }

    /// <summary>The text of ids.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var text = new System.Text.StringBuilder();
        foreach (int id in ids)
            text.Append(text.Length == 0 ? "" : " ").Append(_words[id]);
        return text.ToString();
    }
}
