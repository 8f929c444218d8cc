using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentTrace.Analyzers.Tests.Testing;

/// <summary>Checks one rule on source with its findings marked <c>[|so|]</c> or <c>{|AGT1003:so|}</c>.</summary>
/// <typeparam name="TRule">The rule.</typeparam>
/// <typeparam name="TFix">Its fix; <see cref="EmptyCodeFixProvider"/> where it has none.</typeparam>
internal static class Rule<TRule, TFix>
    where TRule : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    /// <summary>Runs the rule; with <paramref name="fixedSource"/>, also the fix: one by one, and all at once in document, project and solution.</summary>
    public static Task VerifyAsync(string source, string? fixedSource = null, IReadOnlyList<MetadataReference>? references = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        Test(source, fixedSource, references, output).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>The test itself, for what <see cref="VerifyAsync"/> has no parameter for.</summary>
    public static CSharpCodeFixTest<TRule, TFix, DefaultVerifier> Test(
        string source, string? fixedSource = null, IReadOnlyList<MetadataReference>? references = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        var test = new RuleTest<TRule, TFix>(source, fixedSource)
        {
            // The framework's references come from this process, so nothing is restored.
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            CompilerDiagnostics = CompilerDiagnostics.Errors,
        };
        test.TestState.OutputKind = output;
        test.TestState.AdditionalReferences.AddRange(references ?? References.SemanticKernel);
        return test;
    }
}
