using AgentTrace.TestKit;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.Meta;

/// <summary>What lists the rules outside the code: the package's presets and the page.</summary>
public sealed class RuleListTests
{
    private const string UpdateVariable = "AGENTTRACE_UPDATE_RULE_LISTS";
    private const string TableOpens = "<!-- rules -->\n", TableCloses = "<!-- /rules -->";

    [Theory]
    [InlineData("all", "warning")]
    [InlineData("none", "none")]
    public void Preset_SetsEveryRule(string preset, string severity) =>
        AssertFile($"src/AgentTrace/buildTransitive/config/AgentTrace.{preset}.globalconfig",
            $"is_global = true\nglobal_level = -100\n\n{string.Concat(Ids().Select(id => $"dotnet_diagnostic.{id}.severity = {severity}\n"))}");

    [Fact]
    public void RecommendedPreset_IsTheDescriptorsOwn_SoNoRuleMayBeOffOrAnErrorByDefault() =>
        Assert.All(Catalog.Descriptors, rule => Assert.True(rule is { IsEnabledByDefault: true, DefaultSeverity: DiagnosticSeverity.Warning or DiagnosticSeverity.Info }, rule.Id));

    [Fact]
    public void Page_HasEveryRuleInItsTable()
    {
        const string page = "docs/analyzer.md";
        string text = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, page));
        int start = text.IndexOf(TableOpens, StringComparison.Ordinal) + TableOpens.Length, end = text.IndexOf(TableCloses, StringComparison.Ordinal);

        AssertFile(page, text[..start] + Table() + text[end..]);
    }

    /// <summary>The rules', and what the generator says itself.</summary>
    private static IEnumerable<string> Ids() => Catalog.Descriptors.Select(rule => rule.Id).Concat(
        Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "src", "AgentTrace.Generators"), "AnalyzerReleases.*.md")
            .SelectMany(File.ReadLines).Where(line => line.StartsWith("AGT", StringComparison.Ordinal)).Select(line => line[..7]));

    private static string Table() =>
        $"""
        | Rule | Finds | Category | Default | Fix |
        |---|---|---|---|---|

        """.ReplaceLineEndings("\n")
        + string.Concat(Catalog.Descriptors.Select(rule =>
            $"| [{rule.Id}](rules/{rule.Id}.md) | {rule.Title} | {rule.Category} | {(rule.DefaultSeverity == DiagnosticSeverity.Info ? "suggestion" : "warning")} | {(HasFix(rule.Id) ? "yes" : "")} |\n"));

    private static bool HasFix(string id) => Catalog.Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id));

    private static void AssertFile(string path, string expected)
    {
        string file = Path.Combine(SharedData.RepositoryRoot, path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(file, expected);
        Assert.True(File.ReadAllText(file) == expected, $"{path} is not what the rules say. Run the tests with {UpdateVariable}=1 and review its diff. Expected:\n{expected}");
    }
}
