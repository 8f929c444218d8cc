using System.Reflection;
using AgentTrace.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentTrace.Analyzers.Tests.Meta;

public sealed class CatalogTests
{
    public static TheoryData<string> Ids => [.. Catalog.Descriptors.Select(descriptor => descriptor.Id)];

    public static TheoryData<string> RuleNames => [.. Catalog.RuleTypes.Select(type => type.Name)];

    public static TheoryData<string> FixNames => [.. Catalog.FixTypes.Select(type => type.Name)];

    [Fact]
    public void EveryDescriptor_IsReportedByOneRule() =>
        Assert.Equal(Catalog.Declared().Select(descriptor => descriptor.Id).Order(), Catalog.Descriptors.Select(descriptor => descriptor.Id).Order());

    [Fact]
    public void Ids_AreUnique() => Assert.Equal(Catalog.Descriptors.Select(descriptor => descriptor.Id).Distinct(), Catalog.Descriptors.Select(descriptor => descriptor.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_IsInTheBandOfItsCategory(string id)
    {
        string band = Catalog.Descriptor(id).Category switch
        {
            "AgentTrace.Wiring" => "AGT1",
            "AgentTrace.Content" => "AGT2",
            "AgentTrace.Turns" => "AGT3",
            string other => other,
        };

        Assert.Matches($"^{band}[0-9]{{3}}$", id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rule_StandsInAFolderOfItsCategory(string id)
    {
        string category = Catalog.Descriptor(id).Category["AgentTrace.".Length..];

        Assert.Contains(Catalog.Rule(id).GetType().Namespace!.Split('.')[^1], category == "Turns" ? ["Streaming", "Tools", "Handoffs"] : new[] { category });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpLink_PointsAtTheRulesPage(string id)
    {
        Assert.EndsWith($"/blob/main/docs/rules/{id}.md", Catalog.Descriptor(id).HelpLinkUri, StringComparison.Ordinal);
        Assert.True(File.Exists(Catalog.PageFile(id)), $"docs/rules/{id}.md is missing");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ReleaseFile_HasTheRuleAsItIs(string id)
    {
        DiagnosticDescriptor rule = Catalog.Descriptor(id);
        string files = string.Concat(new[] { "Shipped", "Unshipped" }.Select(name => File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "src", "AgentTrace.Analyzers", $"AnalyzerReleases.{name}.md"))));

        Assert.Contains($"\n{id} | {rule.Category} | {rule.DefaultSeverity} | [{rule.Title}](../../docs/rules/{id}.md)\n", files, StringComparison.Ordinal);
    }

    [Fact]
    public void ReleaseFilesAndPages_HaveNoOtherRules()
    {
        var known = Catalog.Descriptors.Select(descriptor => descriptor.Id).ToHashSet();
        IEnumerable<string> released = new[] { "Shipped", "Unshipped" }
            .SelectMany(name => File.ReadLines(Path.Combine(SharedData.RepositoryRoot, "src", "AgentTrace.Analyzers", $"AnalyzerReleases.{name}.md")))
            .Where(line => line.StartsWith("AGT", StringComparison.Ordinal)).Select(line => line[..7]);
        IEnumerable<string> pages = Directory.GetFiles(Path.GetDirectoryName(Catalog.PageFile("x"))!, "AGT*.md").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.DoesNotContain(released.Concat(pages), id => !known.Contains(id));
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Rule_IsSealedAndExportedForCSharp(string name)
    {
        Type type = Catalog.RuleTypes.Single(type => type.Name == name);

        Assert.True(type.IsSealed && type.IsPublic);
        Assert.EndsWith("Rule", name, StringComparison.Ordinal);
        Assert.Equal([LanguageNames.CSharp], type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()!.Languages);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Rule_HasNoStateOfItsOwn(string name) => Assert.All(
        Catalog.RuleTypes.Single(type => type.Name == name).GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly),
        field => Assert.True(field.IsLiteral || (field.IsInitOnly && !typeof(ISymbol).IsAssignableFrom(field.FieldType)), $"{name}.{field.Name} can change"));

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Rule_HasTestsOfItsOwnName(string name) =>
        Assert.Contains(Assembly.GetExecutingAssembly().GetTypes(), type => type.Name == name[..^"Rule".Length] + "Tests");

    [Theory]
    [MemberData(nameof(FixNames))]
    public void Fix_IsExportedFixesKnownRulesAndFixesAll(string name)
    {
        CodeFixProvider fix = Catalog.Fixes.Single(fix => fix.GetType().Name == name);

        Assert.True(fix.GetType().IsSealed && fix.GetType().IsPublic);
        Assert.Equal([LanguageNames.CSharp], fix.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>()!.Languages);
        Assert.NotEmpty(fix.FixableDiagnosticIds);
        Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains(Catalog.Descriptors, descriptor => descriptor.Id == id));
        Assert.Contains(FixAllScope.Solution, fix.GetFixAllProvider()!.GetSupportedFixAllScopes());
    }
}
