using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace AgentTrace.Analyzers.Tests.Testing;

/// <summary>A test in today's C#, with the namespaces of a new project and without its noise.</summary>
internal sealed class RuleTest<TRule, TFix> : CSharpCodeFixTest<TRule, TFix, DefaultVerifier>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>The namespaces, as a file.</summary>
    public const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Creates the test of one file, and of what a fix makes of it; without the latter, nothing may be fixable.</summary>
    public RuleTest(string source, string? fixedSource)
    {
        TestState.Sources.Add(source);
        TestState.Sources.Add(("Usings.cs", Usings));
        if (fixedSource is null)
            return;
        FixedState.Sources.Add(fixedSource);
        FixedState.Sources.Add(("Usings.cs", Usings));
    }

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Latest);

    protected override CompilationOptions CreateCompilationOptions() => new CSharpCompilationOptions(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: [new("SKEXP0110", ReportDiagnostic.Suppress), new("SKEXP0001", ReportDiagnostic.Suppress), new("SKEXP0130", ReportDiagnostic.Suppress), new("CS1701", ReportDiagnostic.Suppress)]);
}
