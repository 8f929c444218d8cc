using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.Meta;

public sealed class PageTests
{
    private static readonly string[] s_sections = ["**Cause.**", "**Why it matters.**", "**Bad**", "**Good**", "**Suppress**"];

    public static TheoryData<string> Ids => CatalogTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Title_IsTheRules(string id)
    {
        string title = Catalog.Descriptor(id).Title.ToString(null);

        // A title begins a sentence, unless it begins with a name.
        Assert.Contains(File.ReadLines(Catalog.PageFile(id)).First(), new[] { $"# {id}: {title}", $"# {id}: {char.ToLowerInvariant(title[0])}{title[1..]}" });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Table_IsTheRules(string id)
    {
        DiagnosticDescriptor rule = Catalog.Descriptor(id);

        Assert.Equal(rule.Category, Row(id, "Category"));
        Assert.Equal(rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString().ToLowerInvariant() : "off", Row(id, "Default"));
        Assert.Equal(Catalog.Fixes.Any(fix => fix.FixableDiagnosticIds.Contains(id)), !Row(id, "Fix").StartsWith("none", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Sections_AreAllThereInOrder(string id)
    {
        string[] lines = File.ReadAllLines(Catalog.PageFile(id));

        Assert.Equal(s_sections, lines.SelectMany(line => s_sections.Where(section => line.StartsWith(section, StringComparison.Ordinal))));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Links_LeadSomewhere(string id)
    {
        IEnumerable<string> links = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Catalog.PageFile(id)), @"\]\((?<file>[^)#:]+)").Select(match => match.Groups["file"].Value);

        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Catalog.PageFile(id))!, link)), $"{link} is missing"));
    }

    private static string Row(string id, string name) => Assert.Single(File.ReadLines(Catalog.PageFile(id)), line => line.StartsWith($"| {name} | ", StringComparison.Ordinal))
        [$"| {name} | ".Length..].TrimEnd(' ', '|');
}
