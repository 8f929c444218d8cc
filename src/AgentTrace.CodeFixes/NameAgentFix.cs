using System.Composition;
using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Rules.Wiring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1003: names the agent after the variable, field or property it is put into.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameAgentFix() : AgentTraceFix("AGT1003")
{
    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            var agent = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)
                .FirstAncestorOrSelf<ExpressionSyntax>(node => node is BaseObjectCreationExpressionSyntax or InvocationExpressionSyntax);
            if (agent is null || NameFor(agent) is not { } name || !diagnostic.Properties.TryGetValue(AgentHasNoNameRule.Place, out string? place)
                || root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax holder)
                continue;
            SyntaxNode named = place == nameof(AgentNamePlace.Argument) ? WithArgument(holder, name) : WithInitializer(holder, name);
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Name the agent \"{name}\"",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(holder, named.WithAdditionalAnnotations(Formatter.Annotation)))),
                    nameof(NameAgentFix)),
                diagnostic);
        }
    }

    private static BaseObjectCreationExpressionSyntax WithInitializer(ExpressionSyntax holder, string name)
    {
        var creation = (BaseObjectCreationExpressionSyntax)holder;
        if (creation.Initializer?.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(set => set.Left is IdentifierNameSyntax { Identifier.ValueText: "Name" }) is { } empty)
            return creation.ReplaceNode(empty.Right, Literal(name));
        ExpressionSyntax assignment = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName("Name"), Literal(name));
        return creation.WithInitializer(creation.Initializer is { } old
            ? old.WithExpressions(old.Expressions.Insert(0, assignment))
            : SyntaxFactory.InitializerExpression(SyntaxKind.ObjectInitializerExpression, SyntaxFactory.SingletonSeparatedList(assignment)));
    }

    private static ExpressionSyntax WithArgument(ExpressionSyntax holder, string name)
    {
        ArgumentListSyntax arguments = (holder as InvocationExpressionSyntax)?.ArgumentList ?? (holder as BaseObjectCreationExpressionSyntax)?.ArgumentList ?? SyntaxFactory.ArgumentList();
        ArgumentSyntax added = SyntaxFactory.Argument(SyntaxFactory.NameColon("name"), default, Literal(name));
        ArgumentListSyntax all = arguments.Arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "name") is { } empty
            ? arguments.ReplaceNode(empty, added)
            : arguments.AddArguments(added);
        return holder switch
        {
            InvocationExpressionSyntax call => call.WithArgumentList(all),
            BaseObjectCreationExpressionSyntax creation => creation.WithArgumentList(all),
            _ => holder,
        };
    }

    private static LiteralExpressionSyntax Literal(string name) => SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));

    private static string? NameFor(ExpressionSyntax agent) => agent.Parent switch
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
