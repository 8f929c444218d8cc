using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Guarding;

/// <summary>What a text says once decoded: Base64, hexadecimal, escapes, letters turned by 13, of other scripts or swapped for digits.</summary>
internal static partial class DisguisedText
{
    public static IEnumerable<string> Decodings(string passage)
    {
        foreach (Match blob in Blob().Matches(passage))
        {
            if (FromBase64(blob.Value) is { } text)
                yield return text;
        }

        foreach (Match blob in HexBlob().Matches(passage))
        {
            if (Printable(Convert.FromHexString(blob.Value.Length % 2 == 0 ? blob.Value : blob.Value[1..])) is { } text)
                yield return text;
        }

        if (Escape().IsMatch(passage))
            yield return Unescaped(passage);
    }

    /// <summary>Other ways to read a whole text, each with as many characters: letters turned by 13, and digits as the letters they look like.</summary>
    public static IEnumerable<string> Readings(string folded)
    {
        yield return string.Concat(folded.Select(Turned));
        if (FoldedText.Unmasked(folded) is { } unmasked)
            yield return unmasked;
        if (!DigitInWord().IsMatch(folded))
            yield break;
        yield return string.Concat(folded.Select(c => Plain(c, 'i')));
        yield return string.Concat(folded.Select(c => Plain(c, 'l')));
    }

    private static string? FromBase64(string blob)
    {
        string text = blob.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out int count) ? Printable(bytes.AsSpan(0, count)) : null;
    }

    private static string? Printable(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        return text.Any(c => c == '\uFFFD' || (char.IsControl(c) && !char.IsWhiteSpace(c))) ? null : text;
    }

    private static string Unescaped(string passage)
    {
        string text = WebUtility.HtmlDecode(Uri.UnescapeDataString(passage));
        return CodePoint().Replace(text, match => ((char)Convert.ToUInt16(match.Groups[1].Value, 16)).ToString());
    }

    private static char Turned(char c) => c is >= 'a' and <= 'z' ? (char)('a' + ((c - 'a' + 13) % 26)) : c;

    private static char Plain(char c, char one) => c switch { '0' => 'o', '1' => one, '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', '!' => 'i', _ => c };

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{16,}={0,2}")]
    private static partial Regex Blob();

    [GeneratedRegex("(?:[0-9a-fA-F]{2}){12,}")]
    private static partial Regex HexBlob();

    [GeneratedRegex(@"%[0-9a-fA-F]{2}|&#?\w{2,8};|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex(@"\\[ux]([0-9a-fA-F]{2,4})")]
    private static partial Regex CodePoint();

    [GeneratedRegex(@"[a-z][013457@$!][a-z]|\b[a-z]?[013457@$!][a-z]{2}")]
    private static partial Regex DigitInWord();
}
