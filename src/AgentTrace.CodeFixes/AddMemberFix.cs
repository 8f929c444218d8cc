using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AgentTrace.CodeFixes;

/// <summary>AGT3005: adds the agent that a handoff speaks of to the orchestration's members.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddMemberFix() : AgentTraceFix("AGT3005")
{
    /// <remarks>Document by document: several agents may be missing in one orchestration, and edits at one place do not merge.</remarks>
    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await AddAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || Missing(root, context.Diagnostics[0]) is not { } missing)
            return;
        context.RegisterCodeFix(
            CodeAction.Create($"Add '{missing.Agent}' to the members", cancel => AddAsync(context.Document, context.Diagnostics, cancel), nameof(AddMemberFix)),
            context.Diagnostics);
    }

    private static async Task<Document> AddAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        foreach (var orchestration in diagnostics.Select(diagnostic => Missing(editor.OriginalRoot, diagnostic)).OfType<(ArgumentListSyntax Members, string Agent)>().GroupBy(missing => missing.Members))
        {
            IEnumerable<ArgumentSyntax> added = orchestration.Select(missing => missing.Agent).Distinct()
                .Select(agent => SyntaxFactory.Argument(SyntaxFactory.IdentifierName(agent)).WithLeadingTrivia(SyntaxFactory.Space));
            editor.ReplaceNode(orchestration.Key, orchestration.Key.AddArguments([.. added]));
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The arguments to add to, and what to add; null where the agent is only a name, or the members stand in a collection.</summary>
    private static (ArgumentListSyntax Members, string Agent)? Missing(SyntaxNode root, Diagnostic diagnostic)
    {
        if (root.FindNode(diagnostic.AdditionalLocations[1].SourceSpan, getInnermostNodeForTie: true) is not IdentifierNameSyntax agent
            || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: > 1 } members }
            || members.Arguments.Skip(1).Any(member => member.NameColon is not null || member.Expression is not IdentifierNameSyntax))
            return null;
        return (members, agent.Identifier.Text);
    }
}
