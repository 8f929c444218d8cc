using System.Reflection;
using AgentTrace.CodeFixes;
using AgentTrace.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentTrace.Analyzers.Tests.Meta;

/// <summary>Every rule, fix and page there is, found and not listed.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Type> RuleTypes { get; } = [.. Concrete<DiagnosticAnalyzer>(typeof(AgentTraceRule).Assembly)];

    public static IReadOnlyList<Type> FixTypes { get; } = [.. Concrete<CodeFixProvider>(typeof(AgentTraceFix).Assembly)];

    public static IReadOnlyList<DiagnosticAnalyzer> Rules { get; } = [.. RuleTypes.Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    public static IReadOnlyList<CodeFixProvider> Fixes { get; } = [.. FixTypes.Select(type => (CodeFixProvider)Activator.CreateInstance(type)!)];

    public static IReadOnlyList<DiagnosticDescriptor> Descriptors { get; } = [.. Rules.SelectMany(rule => rule.SupportedDiagnostics).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    public static DiagnosticDescriptor Descriptor(string id) => Descriptors.Single(descriptor => descriptor.Id == id);

    public static DiagnosticAnalyzer Rule(string id) => Rules.Single(rule => rule.SupportedDiagnostics.Any(descriptor => descriptor.Id == id));

    public static string PageFile(string id) => Path.Combine(SharedData.RepositoryRoot, "docs", "rules", id + ".md");

    public static IEnumerable<DiagnosticDescriptor> Declared() => typeof(AgentTraceRule).Assembly.GetType("AgentTrace.Analyzers.Descriptors", throwOnError: true)!
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        .Select(field => field.GetValue(null))
        .OfType<DiagnosticDescriptor>();

    private static IEnumerable<Type> Concrete<T>(Assembly assembly) => assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract).OrderBy(type => type.Name, StringComparer.Ordinal);
}
