using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentTrace.Benchmarks.Analyzers;

/// <summary>What one analyzer took, as the compiler reports it.</summary>
/// <param name="Name">The analyzer's class.</param>
/// <param name="Ids">The rules it speaks for.</param>
/// <param name="Seconds">Its time on all threads together; half a millisecond where the report says less than one.</param>
internal sealed partial record RuleTime(string Name, string[] Ids, double Seconds)
{
    private const string Generators = "Total generator execution time";

    /// <summary>The analyzers in the compiler's report.</summary>
    public static IReadOnlyList<RuleTime> In(string report)
    {
        // Generators follow in a list of their own; one that is an analyzer too would be counted twice.
        int end = report.IndexOf(Generators, StringComparison.Ordinal);
        return
        [
            .. Line().Matches(end < 0 ? report : report[..end]).Select(match => new RuleTime(match.Groups["name"].Value, match.Groups["ids"].Value.Split(", "),
                match.Groups["less"].Success ? 0.0005 : double.Parse(match.Groups["seconds"].Value, CultureInfo.InvariantCulture))),
        ];
    }

    [GeneratedRegex(@"^\s*(?<less><)?(?<seconds>\d+\.\d+)\s+<?\d+\s+(?<name>[\w.+]+) \((?<ids>[A-Z]+\d+(, [A-Z]+\d+)*)\)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
