namespace AgentTrace.Content;

/// <summary>A text whose secrets are out, still to be cut to its share of the budget.</summary>
internal readonly struct RedactedText
{
    // A secret that begins inside the budget must be seen whole to be recognised, so this much beyond it is read, and dropped again.
    private const int Margin = 8192;

    private readonly string? _text;
    private readonly long _dropped;

    private RedactedText(string text, long dropped)
    {
        _text = text;
        _dropped = dropped;
    }

    public int Length => _text?.Length ?? 0;

    public static RedactedText From(string text, ContentSettings settings) => From(text, settings.Redactor, settings.MaxCharacters);

    /// <summary>Redacts first and cuts later: a secret that is cut in two would not be recognised.</summary>
    public static RedactedText From(string text, IContentRedactor redactor, int maxCharacters)
    {
        long readable = (long)maxCharacters + Margin;
        if (text.Length <= readable)
            return new RedactedText(redactor.Redact(text), 0);

        string redacted = redactor.Redact(text[..(int)readable]);
        int kept = Math.Max(0, redacted.Length - Margin);
        return new RedactedText(redacted[..kept], text.Length - readable + (redacted.Length - kept));
    }

    /// <summary>The first <paramref name="limit"/> characters, and a mark that says how many are missing.</summary>
    public string Cut(int limit, out long truncated)
    {
        string text = _text ?? "";
        if (text.Length <= limit && _dropped == 0)
        {
            truncated = 0;
            return text;
        }

        int kept = Math.Min(limit, text.Length);
        if (kept > 0 && char.IsHighSurrogate(text[kept - 1]))
            kept--;
        truncated = _dropped + (text.Length - kept);
        return $"{text.AsSpan(0, kept)}…[truncated {truncated} chars]";
    }
}
