using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentTrace.Package.Tests;

/// <summary>One finding as the build prints it: <c>Program.cs(5,19): warning AGT1003: ...</c>.</summary>
public sealed partial record Finding(string File, int Line, string Severity, string Id)
{
    /// <summary>The findings of AgentTrace's rules, each once, sorted by place and id.</summary>
    public static IReadOnlyList<Finding> In(string output) =>
    [
        .. Printed().Matches(output)
            .Select(m => new Finding(Path.GetFileName(m.Groups["file"].Value), int.Parse(m.Groups["line"].Value, CultureInfo.InvariantCulture), m.Groups["severity"].Value, m.Groups["id"].Value))
            .Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Id, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): {Severity} {Id}");

    [GeneratedRegex(@"^\s*(?<file>\S+?)\((?<line>\d+),\d+\): (?<severity>\w+) (?<id>AGT\d{4}):", RegexOptions.Multiline)]
    private static partial Regex Printed();
}
