using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>AGT2002: takes the switch out of the source.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveSwitchFix() : AgentTraceFix("AGT2002")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true).Parent is not ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement)
            return;
        SyntaxNode removed = statement.Parent is GlobalStatementSyntax global ? global : statement;
        context.RegisterCodeFix(
            CodeAction.Create(
                "Remove the switch",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.RemoveNode(removed, SyntaxRemoveOptions.KeepUnbalancedDirectives)!)),
                nameof(RemoveSwitchFix)),
            context.Diagnostics);
    }
}
