using System.Composition;
using AgentTrace.Analyzers.Rules.Streaming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace AgentTrace.CodeFixes;

/// <summary>AGT3001, AGT3002: awaits the turn, or enumerates it, where the method is async.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitTurnFix() : AgentTraceFix("AGT3001", "AGT3002")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (!context.Diagnostics[0].Properties.TryGetValue(CallFates.RemedyProperty, out string? remedy)
            || root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax call || !IsAsync(call))
            return;
        (SyntaxNode Old, SyntaxNode New)? change = remedy == CallFates.Await ? Await(Whole(call)) : Enumerate(Whole(call));
        if (change is not { } found)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(
                remedy == CallFates.Await ? "Await the turn" : "Enumerate the turn",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(found.Old, found.New))),
                $"{nameof(AwaitTurnFix)}.{remedy}"),
            context.Diagnostics);
    }

    private static (SyntaxNode Old, SyntaxNode New)? Await(ExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax => (call, Awaited(call)),
        // Where the task's type is written out, the variable would have to change too.
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } } => (call, Awaited(call)),
        _ => null,
    };

    private static AwaitExpressionSyntax Awaited(ExpressionSyntax call) =>
        SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), call.WithoutTrivia()).WithTriviaFrom(call);

    private static (SyntaxNode Old, SyntaxNode New)? Enumerate(ExpressionSyntax call)
    {
        SyntaxNode? statement = call.Parent is AssignmentExpressionSyntax assignment ? assignment.Parent : call.Parent;
        return statement is not ExpressionStatementSyntax ? null : (statement,
            SyntaxFactory.ForEachStatement(SyntaxFactory.IdentifierName("var"), "_", call.WithoutTrivia(), SyntaxFactory.Block())
                .WithAwaitKeyword(SyntaxFactory.Token(SyntaxKind.AwaitKeyword))
                .WithTriviaFrom(statement)
                .WithAdditionalAnnotations(Formatter.Annotation));
    }

    /// <summary>The call with <c>ConfigureAwait</c> and the like behind it.</summary>
    private static ExpressionSyntax Whole(ExpressionSyntax call)
    {
        while (call.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } access && access.Expression == call)
            call = outer;
        return call;
    }

    private static bool IsAsync(SyntaxNode node)
    {
        foreach (SyntaxNode around in node.Ancestors())
        {
            switch (around)
            {
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword);
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case BaseMethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword);
                case LockStatementSyntax or AccessorDeclarationSyntax:
                    return false;
                case GlobalStatementSyntax:
                    return true;
            }
        }

        return false;
    }
}
