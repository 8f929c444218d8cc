using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
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
            CodeAction.Create(
                "Record the failure on the tool's span",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.InsertNodesBefore(answer, [Record(caught).WithLeadingTrivia(answer.GetLeadingTrivia())]))),
                nameof(RecordFailureFix)),
            context.Diagnostics);
    }

    private static StatementSyntax Record(CatchClauseSyntax caught)
    {
        string reason = caught.Declaration?.Identifier is { ValueText.Length: > 0 } exception ? $", {exception.Text}.Message" : "";
        StatementSyntax statement = SyntaxFactory
            .ParseStatement($"global::System.Diagnostics.Activity.Current?.SetStatus(global::System.Diagnostics.ActivityStatusCode.Error{reason});\n");
        return statement
            .ReplaceNodes(statement.DescendantNodes().OfType<MemberAccessExpressionSyntax>(), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }
}
