using System.Composition;
using AgentTrace.Analyzers.Rules.Wiring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1002: calls an agent's method in a lambda, where the call is intercepted, instead of passing the method on.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CallInLambdaFix() : AgentTraceFix("AGT1002")
{
    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
            if (diagnostic.Properties.TryGetValue(CallIsNotInterceptedRule.FixKey, out string? fix) && fix == CallIsNotInterceptedRule.LambdaFix)
                Offer(context, diagnostic, "Call it in a lambda", cancel => CallAsync(context.Document, diagnostic, cancel));
        return Task.CompletedTask;
    }

    private static async Task<Solution> CallAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? name = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        ExpressionSyntax? group = name?.Parent is MemberAccessExpressionSyntax member && member.Name == name ? member : name as ExpressionSyntax;
        if (group is null || model?.GetSymbolInfo(group, cancellationToken).Symbol is not IMethodSymbol method)
            return document.Project.Solution;
        string parameters = string.Join(", ", method.Parameters.Select(parameter => Free(parameter.Name, model, group.SpanStart)));
        ExpressionSyntax lambda = SyntaxFactory.ParseExpression($"({parameters}) => {group.WithoutTrivia()}({parameters})").WithTriviaFrom(group);
        return document.WithSyntaxRoot(root!.ReplaceNode(group, lambda)).Project.Solution;
    }

    /// <summary>A name that hides no variable of the method around.</summary>
    private static string Free(string name, SemanticModel model, int position)
    {
        string free = name;
        for (int i = 1; model.LookupSymbols(position, name: free).Any(symbol => symbol is ILocalSymbol or IParameterSymbol); i++)
            free = $"{name}{i}";
        return free;
    }
}
