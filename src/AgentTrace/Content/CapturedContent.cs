namespace AgentTrace.Content;

/// <summary>What one content attribute will hold.</summary>
/// <param name="Text">The attribute's value: JSON or text.</param>
/// <param name="TruncatedCharacters">How many characters of the original did not fit.</param>
internal readonly record struct CapturedContent(string Text, long TruncatedCharacters)
{
    /// <summary>A text that is no message: the arguments or the result of a call.</summary>
    public static CapturedContent Plain(string text, ContentSettings settings)
    {
        RedactedText redacted = RedactedText.From(text, settings);
        return new CapturedContent(redacted.Cut(settings.MaxCharacters, out long truncated), truncated);
    }
}
