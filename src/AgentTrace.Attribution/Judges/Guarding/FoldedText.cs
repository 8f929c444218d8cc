using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>A text as it reads rather than as it is encoded: for looking for words that someone tried to hide.</summary>
/// <remarks>By tables of its own: Unicode normalisation is not there where globalization is invariant.</remarks>
internal static partial class FoldedText
{
    private const string Accented = "àáâãäåāçćčèéêëēęėìíîïīñńòóôõöøōùúûüūýÿšśžźż";
    private const string Unaccented = "aaaaaaaccceeeeeeeiiiiinnooooooouuuuuyysszzz";
    private const string Masks = "аеорсхуіѕјһԁмткԝοαερτνικιɡı";
    private const string Faces = "aeopcxyisjhdmtkwoaeptvikigi";
    private static readonly SearchValues<char> MaskLetters = SearchValues.Create(Masks);

    /// <summary>Lower case, accents and compatibility forms undone, invisible characters dropped, white space as one blank, spelled-out words joined.</summary>
    public static string Of(string text)
    {
        StringBuilder folded = new(text.Length);
        bool blank = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool white = Rune.IsWhiteSpace(rune);
            if (!white)
                Append(folded, rune);
            else if (!blank)
                folded.Append(' ');
            blank = white;
        }

        return SpelledOut().Replace(folded.ToString(), match => NotWord().Replace(match.Value, ""));
    }

    /// <summary>Letters of other scripts as the Latin letters they look like, place by place; null when there are none beside Latin ones.</summary>
    public static string? Unmasked(string folded)
    {
        if (folded.AsSpan().IndexOfAny(MaskLetters) < 0 || !folded.Any(char.IsAsciiLetter))
            return null;
        return string.Create(folded.Length, folded, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = Masks.IndexOf(from[i], StringComparison.Ordinal) is >= 0 and var at ? Faces[at] : from[i];
        });
    }

    /// <summary>Zero-width, direction and other control characters: nothing a reader sees.</summary>
    public static bool IsInvisible(char c) =>
        !char.IsAscii(c)
            ? char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control || c is '\u115F' or '\u3164' or (>= '\uFE00' and <= '\uFE0F')
            : char.IsControl(c) && c is not ('\n' or '\r' or '\t');

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (rune.IsAscii)
        {
            folded.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        rune = Rune.ToLowerInvariant(Plain(rune));
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control)
            return;
        int accent = rune.IsBmp ? Accented.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
        if (accent >= 0)
            folded.Append(Unaccented[accent]);
        else
            folded.Append(rune.ToString());
    }

    /// <summary>Full-width, mathematical, circled and raised forms as the character they stand for.</summary>
    private static Rune Plain(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFEE0),
        >= 0x1D400 and <= 0x1D6A3 => Letter((rune.Value - 0x1D400) % 52),
        >= 0x1D7CE and <= 0x1D7FF => new Rune('0' + ((rune.Value - 0x1D7CE) % 10)),
        >= 0x24B6 and <= 0x24E9 => Letter((rune.Value - 0x24B6) % 52),
        >= 0x2460 and <= 0x2468 => new Rune('1' + (rune.Value - 0x2460)),
        >= 0x1F130 and <= 0x1F149 => new Rune('a' + (rune.Value - 0x1F130)),
        0xB2 or 0xB3 => new Rune('2' + (rune.Value - 0xB2)),
        >= 0x2074 and <= 0x2079 => new Rune('4' + (rune.Value - 0x2074)),
        >= 0x2080 and <= 0x2089 => new Rune('0' + (rune.Value - 0x2080)),
        >= 0x0660 and <= 0x0669 => new Rune('0' + (rune.Value - 0x0660)),
        >= 0x0966 and <= 0x096F => new Rune('0' + (rune.Value - 0x0966)),
        _ => rune,
    };

    private static Rune Letter(int place) => new('a' + (place % 26));

    [GeneratedRegex(@"[ .\-_*]+")]
    private static partial Regex NotWord();

    [GeneratedRegex(@"\b\w(?:[ .\-_*]\w){3,}\b")]
    private static partial Regex SpelledOut();
}
