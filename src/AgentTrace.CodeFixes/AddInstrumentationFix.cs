using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1001: adds AgentTrace to the app's one tracer provider.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddInstrumentationFix() : AgentTraceFix("AGT1001")
{
    private const string Method = "AddAgentTraceInstrumentation";
    private const string Namespace = "OpenTelemetry.Trace";

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
            if (diagnostic.AdditionalLocations is { Count: 1 } others && others[0] is { SourceTree: { } tree } provider && context.Document.Project.Solution.GetDocument(tree) is { } document)
                Offer(context, diagnostic, $"Add {Method}()", cancel => AddAsync(document, provider, cancel));
        return Task.CompletedTask;
    }

    private static async Task<Solution> AddAsync(Document document, Location provider, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root?.FindNode(provider.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { } call || model is null || Added(call) is not (var old, var added))
            return document.Project.Solution;
        bool inScope = !model.LookupNamespacesAndTypes(provider.SourceSpan.Start, name: "AgentTraceTracerProviderBuilderExtensions").IsEmpty;
        SyntaxNode changed = root.ReplaceNode(old, added);
        if (!inScope && changed is CompilationUnitSyntax unit)
            changed = unit.WithUsings(WithNamespace(unit.Usings, EndOfLineIn(root)));
        return document.WithSyntaxRoot(changed).Project.Solution;
    }

    private static (SyntaxNode Old, SyntaxNode Added)? Added(InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.Count == 0)
            return call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "WithTracing" }
                ? (call.ArgumentList, SyntaxFactory.ParseArgumentList($"(tracing => tracing.{Method}())").WithTrailingTrivia(call.ArgumentList.GetTrailingTrivia()))
                : (call, Append(call));
        switch (call.ArgumentList.Arguments[call.ArgumentList.Arguments.Count - 1].Expression)
        {
            case SimpleLambdaExpressionSyntax { Block: { } block } lambda:
                return (block, InBlock(block, lambda.Parameter));
            case ParenthesizedLambdaExpressionSyntax { Block: { } block, ParameterList.Parameters: { Count: 1 } parameters }:
                return (block, InBlock(block, parameters[0]));
            case SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                return InChain(body, lambda.Parameter);
            case ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body, ParameterList.Parameters: { Count: 1 } parameters }:
                return InChain(body, parameters[0]);
            default:
                return null;
        }
    }

    private static (SyntaxNode Old, SyntaxNode Added)? InChain(ExpressionSyntax body, ParameterSyntax builder) =>
        body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().FirstOrDefault(name => name.Identifier.ValueText == builder.Identifier.ValueText) is { } use ? (use, Append(use)) : null;

    private static BlockSyntax InBlock(BlockSyntax block, ParameterSyntax builder) => block.WithStatements(block.Statements.Insert(
        0, SyntaxFactory.ParseStatement($"{builder.Identifier.ValueText}.{Method}();").WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation)));

    private static InvocationExpressionSyntax Append(ExpressionSyntax receiver) => FluentCalls.Append(receiver, Method, SyntaxFactory.Token(SyntaxKind.DotToken)
        .WithLeadingTrivia(receiver.Parent is MemberAccessExpressionSyntax { OperatorToken: var dot } ? dot.LeadingTrivia : default));

    private static SyntaxTrivia EndOfLineIn(SyntaxNode root) =>
        root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found ? found : SyntaxFactory.LineFeed;

    private static SyntaxList<UsingDirectiveSyntax> WithNamespace(SyntaxList<UsingDirectiveSyntax> usings, SyntaxTrivia endOfLine)
    {
        UsingDirectiveSyntax added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(Namespace)).NormalizeWhitespace().WithTrailingTrivia(endOfLine);
        int place = 0;
        while (place < usings.Count && string.CompareOrdinal(usings[place].Name?.ToString(), Namespace) < 0)
            place++;
        return usings.Insert(place, added);
    }
}
