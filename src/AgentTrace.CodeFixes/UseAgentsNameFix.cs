using System.Composition;
using AgentTrace.Analyzers.Rules.Wiring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1007: traces the chat client under its agent's name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UseAgentsNameFix() : AgentTraceFix("AGT1007")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(ClientHasOtherNameRule.AgentName, out string? name) || name is null
                || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax other)
                continue;
            ExpressionSyntax literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(other);
            Offer(context, diagnostic, $"Trace it as \"{name}\"", _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(other, literal)).Project.Solution));
        }
    }
}
