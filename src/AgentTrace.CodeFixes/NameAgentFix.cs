using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1003: names the agent after the variable, field or property it is put into.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameAgentFix() : AgentTraceFix("AGT1003")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not BaseObjectCreationExpressionSyntax creation || NameFor(creation) is not { } name)
            return;
        context.RegisterCodeFix(
            CodeAction.Create($"Name the agent \"{name}\"", cancel => SetAsync(context.Document, creation, name, cancel), nameof(NameAgentFix)),
            context.Diagnostics);
    }

    private static async Task<Document> SetAsync(Document document, BaseObjectCreationExpressionSyntax creation, string name, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        ExpressionSyntax assignment = SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName("Name"),
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)));
        InitializerExpressionSyntax initializer = creation.Initializer is { } old
            ? old.WithExpressions(old.Expressions.Insert(0, assignment))
            : SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression, SyntaxFactory.SingletonSeparatedList(assignment));
        editor.ReplaceNode(creation, creation.WithInitializer(initializer).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation));
        return editor.GetChangedDocument();
    }

    private static string? NameFor(BaseObjectCreationExpressionSyntax creation) => creation.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => AsName(variable.Identifier.ValueText),
        EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => AsName(property.Identifier.ValueText),
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } => AsName(target.Identifier.ValueText),
        AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax target } => AsName(target.Name.Identifier.ValueText),
        _ => null,
    };

    /// <summary><c>_flightAgent</c> becomes FlightAgent.</summary>
    private static string AsName(string identifier)
    {
        string bare = identifier.TrimStart('_');
        return bare.Length == 0 ? identifier : char.ToUpperInvariant(bare[0]) + bare.Substring(1);
    }
}
