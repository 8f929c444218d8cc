using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentTrace.Attribution.Judges.Prompts;

/// <summary>Shortens long steps by rule: their start, their end, and lines between that hold an error or words of the task.</summary>
internal sealed partial class StepShortener
{
    private const int MostWords = 20;
    private const int LongestLine = 300;
    private readonly string[] _words;

    public StepShortener(string? task) => _words = task is null
        ? []
        : [.. Word().Matches(task).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(word => word.Length).Take(MostWords)];

    /// <summary>The text, or its start, matches and end with a line in brackets for every gap; never longer than <paramref name="max"/> but for those lines.</summary>
    public string Shorten(string text, int max, out bool cut)
    {
        cut = text.Length > max;
        if (!cut)
            return text;

        // The start says what was attempted, the end what came of it: half and a quarter, the rest for what matches in between.
        int head = BackFromPair(text, max / 2);
        int tail = text.Length - (max / 4);
        if (char.IsLowSurrogate(text[tail]))
            tail++;
        StringBuilder shortened = new();
        shortened.Append(text.AsSpan(0, head));
        int shownTo = head, left = max - head - (text.Length - tail);
        foreach ((int start, int end) in Matches(text, head, tail))
        {
            if (end - start > left)
                continue;
            AppendGap(shortened, start - shownTo);
            shortened.Append(text.AsSpan(start, end - start));
            left -= end - start;
            shownTo = end;
        }

        AppendGap(shortened, tail - shownTo);
        return shortened.Append(text.AsSpan(tail)).ToString();
    }

    private IEnumerable<(int Start, int End)> Matches(string text, int from, int to)
    {
        int start = from;
        while (start < to)
        {
            int newline = text.IndexOf('\n', start, to - start);
            int end = newline < 0 ? to : newline;
            if (end > start && IsTelling(text.AsSpan(start, end - start)))
                yield return (start, BackFromPair(text, Math.Min(end, start + LongestLine)));
            start = end + 1;
        }
    }

    private bool IsTelling(ReadOnlySpan<char> line)
    {
        if (Failure().IsMatch(line))
            return true;
        foreach (string word in _words)
        {
            if (line.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static void AppendGap(StringBuilder text, int characters)
    {
        if (characters > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n[... {characters} characters left out ...]\n");
    }

    private static int BackFromPair(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    [GeneratedRegex(@"\b\w{5,40}\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"\b(?:error|exception|fail\w*|traceback|denied|not found|invalid|timed? ?out|cannot|unable)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Failure();
}
