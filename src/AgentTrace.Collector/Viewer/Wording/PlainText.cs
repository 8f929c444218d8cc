using System.Globalization;
using System.Text;

namespace AgentTrace.Collector.Viewer.Wording;

/// <summary>
/// Text from runs is hostile. Encoding keeps it out of the markup; this keeps it from lying about itself: characters that turn the direction of
/// what follows, or that cannot be seen, are written by their number.
/// </summary>
internal static class PlainText
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    /// <summary>All of it, with its line breaks.</summary>
    public static string Of(string text) => Of(text, keepsLines: true);

    /// <summary>On one line, at most that many characters long.</summary>
    public static string Line(string text, int longest)
    {
        // What is cut off anyway need not be looked at: a line may be megabytes long.
        string start = text.Length > longest * 4 ? text[..(longest * 4)] : text;
        string line = string.Join(' ', Of(start, keepsLines: false).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= longest && start.Length == text.Length ? line : string.Concat(line.AsSpan(0, Math.Min(line.Length, longest - 1)), "…");
    }

    private static string Of(string text, bool keepsLines)
    {
        if (!Changes(text, keepsLines))
            return text;
        var result = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or '\r')
                result.Append(keepsLines ? rune.ToString() : " ");
            else if (IsHidden(rune))
                result.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            else
                result.Append(rune.ToString());
        }

        return result.ToString();
    }

    private static bool Changes(string text, bool keepsLines)
    {
        foreach (char c in text)
            if (c is '\n' or '\t' or '\r' ? !keepsLines : c < ' ' || c >= '\u007f' && (char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                return true;
        return false;
    }

    private static bool IsHidden(Rune rune) => rune.Value is not (ZeroWidthJoiner or ZeroWidthNonJoiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
