namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>Huge texts are read at both ends only: what a step is about stands at its start, what came of it at its end.</summary>
internal static class BoundedText
{
    /// <summary>Characters read at each end.</summary>
    public const int End = 16 * 1024;

    public static string Of(string text) => text.Length <= 2 * End ? text : string.Concat(text.AsSpan(0, End), "\n", text.AsSpan(text.Length - End));

    /// <summary>At most 120 characters around a place, on one line, for a reason.</summary>
    public static string Quote(string text, int at = 0)
    {
        const int Most = 120;
        int start = Math.Max(0, Math.Min(at - 30, text.Length - Most));
        int length = Math.Min(Most, text.Length - start);
        if (length > 0 && start > 0 && char.IsLowSurrogate(text[start]))
            (start, length) = (start + 1, length - 1);
        if (length > 0 && char.IsHighSurrogate(text[start + length - 1]))
            length--;
        return text.Substring(start, length).ReplaceLineEndings(" ").Trim();
    }
}
