using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AgentTrace.CodeFixes;

/// <summary>AGT3004: sets the status of the tool's span before the tool answers.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RecordFailureFix() : AgentTraceFix("AGT3004")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not ReturnStatementSyntax { Parent: BlockSyntax { Parent: CatchClauseSyntax caught } } answer)
            return;
        context.RegisterCodeFix(
            CodeAction.Create("Record the failure on the tool's span", cancel => RecordAsync(context.Document, answer, caught, cancel), nameof(RecordFailureFix)),
            context.Diagnostics);
    }

    private static async Task<Document> RecordAsync(Document document, ReturnStatementSyntax answer, CatchClauseSyntax caught, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        string reason = caught.Declaration?.Identifier is { ValueText.Length: > 0 } exception ? $", {exception.Text}.Message" : "";
        editor.InsertBefore(answer, SyntaxFactory
            .ParseStatement($"global::System.Diagnostics.Activity.Current?.SetStatus(global::System.Diagnostics.ActivityStatusCode.Error{reason});\n")
            .WithLeadingTrivia(answer.GetLeadingTrivia())
            .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation));
        return editor.GetChangedDocument();
    }
}
