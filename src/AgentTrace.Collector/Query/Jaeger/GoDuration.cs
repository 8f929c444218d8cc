using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentTrace.Collector.Query.Jaeger;

/// <summary>Reads durations as Go writes them: <c>1.5s</c>, <c>100ms</c>, <c>1h30m</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Nanoseconds, or null for another text.</summary>
    public static long? Parse(string text)
    {
        Match match = Whole().Match(text);
        if (!match.Success)
            return null;
        double total = 0;
        for (int i = 0; i < match.Groups[1].Captures.Count; i++)
            total += double.Parse(match.Groups[1].Captures[i].Value, CultureInfo.InvariantCulture) * NanosOf(match.Groups[2].Captures[i].Value);
        return total < long.MaxValue ? (long)total : null;
    }

    private static double NanosOf(string unit) => unit switch { "ns" => 1, "ms" => 1e6, "s" => 1e9, "m" => 60e9, "h" => 3600e9, _ => 1e3 };

    [GeneratedRegex(@"^(?:(\d{1,18}(?:\.\d{1,9})?)(ns|us|µs|μs|ms|s|m|h))+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();
}
