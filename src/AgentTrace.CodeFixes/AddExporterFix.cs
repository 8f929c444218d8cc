using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1005: adds the OTLP exporter, where the project has its package.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddExporterFix() : AgentTraceFix("AGT1005")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Compilation? compilation = await context.Document.Project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || compilation?.GetTypeByMetadataName("OpenTelemetry.Trace.OtlpTraceExporterHelperExtensions") is null)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
            if (root.FindNode(diagnostic.Location.SourceSpan).Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Build" } build)
                Offer(context, diagnostic, "Add AddOtlpExporter()", _ => Task.FromResult(context.Document.WithSyntaxRoot(
                    root.ReplaceNode(build.Expression, FluentCalls.Append(build.Expression, "AddOtlpExporter", SyntaxFactory.Token(SyntaxKind.DotToken).WithLeadingTrivia(build.OperatorToken.LeadingTrivia))))
                    .Project.Solution));
    }
}
