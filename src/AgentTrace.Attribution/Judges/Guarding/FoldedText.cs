using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>A text as it reads rather than as it is encoded: for looking for words that someone tried to hide.</summary>
internal static partial class FoldedText
{
    /// <summary>Letters of other scripts that look Latin.</summary>
    private static readonly Dictionary<char, char> Lookalikes = new()
    {
        ['а'] = 'a', ['е'] = 'e', ['о'] = 'o', ['р'] = 'p', ['с'] = 'c', ['х'] = 'x', ['у'] = 'y', ['і'] = 'i', ['ѕ'] = 's', ['ј'] = 'j', ['һ'] = 'h', ['ԁ'] = 'd',
        ['м'] = 'm', ['т'] = 't', ['к'] = 'k', ['в'] = 'b', ['н'] = 'h', ['ο'] = 'o', ['α'] = 'a', ['ε'] = 'e', ['ρ'] = 'p', ['τ'] = 't', ['ν'] = 'v', ['ι'] = 'i',
        ['κ'] = 'k', ['ⅼ'] = 'l', ['ı'] = 'i', ['ɡ'] = 'g',
    };

    /// <summary>Compatibility forms unfolded, invisible characters and accents dropped, lower case, white space as one blank, spelled-out words joined.</summary>
    public static string Of(string text)
    {
        StringBuilder folded = new(text.Length);
        bool blank = false;
        foreach (char c in Decomposed(text))
        {
            if (IsInvisible(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
                continue;
            bool white = char.IsWhiteSpace(c);
            if (!white)
                folded.Append(char.ToLowerInvariant(c));
            else if (!blank)
                folded.Append(' ');
            blank = white;
        }

        return SpelledOut().Replace(folded.ToString(), match => NotWord().Replace(match.Value, ""));
    }

    /// <summary>Lookalikes of other scripts as the Latin letters they look like; null when there are none beside Latin ones.</summary>
    public static string? Unmasked(string folded)
    {
        if (!folded.Any(Lookalikes.ContainsKey) || !folded.Any(char.IsAsciiLetter))
            return null;
        return string.Create(folded.Length, folded, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = Lookalikes.GetValueOrDefault(from[i], from[i]);
        });
    }

    /// <summary>Zero-width, direction and tag characters, and other controls: nothing a reader sees.</summary>
    public static bool IsInvisible(char c) =>
        c is not ('\n' or '\r' or '\t') && (char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control || c is '\u115F' or '\u3164' or (>= '\uFE00' and <= '\uFE0F'));

    private static string Decomposed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair cannot be normalised; the rest of the rules work on it all the same.
            return text;
        }
    }

    [GeneratedRegex(@"[ .\-_*]+")]
    private static partial Regex NotWord();

    [GeneratedRegex(@"\b\w(?:[ .\-_*]\w){3,}\b")]
    private static partial Regex SpelledOut();
}
