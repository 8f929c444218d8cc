using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace AgentTrace.Collector.Otlp;

/// <summary>Reads a JSON string that is no valid Unicode: what cannot be read becomes U+FFFD.</summary>
/// <remarks>A model's answer that is cut off in the middle of an emoji ends in half a surrogate pair; that must not cost the spans of its request.</remarks>
internal static class LenientJsonText
{
    private const int HexDigits = 4;

    /// <summary>The text of a string that the parser accepted, so that every escape in it is whole.</summary>
    public static string Of(JsonElement element)
    {
        // Bytes that are no UTF-8 are replaced here; half a pair, once it is unescaped, when the text is written as UTF-8 again.
        ReadOnlySpan<char> raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element)[1..^1]);
        var text = new StringBuilder(raw.Length);
        for (int at; (at = raw.IndexOf('\\')) >= 0;)
        {
            text.Append(raw[..at]);
            char kind = raw[at + 1];
            raw = raw[(at + 2)..];
            if (kind == 'u')
            {
                text.Append((char)ushort.Parse(raw[..HexDigits], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                raw = raw[HexDigits..];
            }
            else
            {
                text.Append(kind switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => kind });
            }
        }

        return text.Append(raw).ToString();
    }
}
