using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1006: moves the setting of the switch to the top of the method or of the program.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SetSwitchFirstFix() : AgentTraceFix("AGT1006")
{
    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(static async (context, document, diagnostics) =>
        await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is { } root ? document.WithSyntaxRoot(Move(root, diagnostics)) : document);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
            if (Statement(root, diagnostic) is not null)
                Offer(context, diagnostic, "Set the switch first", _ => Task.FromResult(context.Document.WithSyntaxRoot(Move(root, [diagnostic])).Project.Solution));
    }

    private static SyntaxNode Move(SyntaxNode root, IEnumerable<Diagnostic> diagnostics)
    {
        StatementSyntax[] statements = [.. diagnostics.Select(diagnostic => Statement(root, diagnostic)).OfType<StatementSyntax>().OrderBy(statement => statement.SpanStart)];
        root = root.TrackNodes(statements);
        foreach (StatementSyntax original in statements)
        {
            SyntaxNode? set = root.GetCurrentNode<SyntaxNode>(original);
            if (set is null)
                continue;
            if (set.Parent is GlobalStatementSyntax global && root is CompilationUnitSyntax unit)
                root = MoveGlobal(unit, global);
            else if (BodyOf(set) is BlockSyntax block)
                root = root.ReplaceNode(block, MoveInBlock(block, set));
        }

        return root;
    }

    // Behind the switches that stand there already.
    private static bool IsSwitch(SyntaxNode? statement) => statement is ExpressionStatementSyntax
        { Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "SetSwitch" } } };

    private static CompilationUnitSyntax MoveGlobal(CompilationUnitSyntax unit, GlobalStatementSyntax set)
    {
        int place = unit.Members.TakeWhile(member => IsSwitch((member as GlobalStatementSyntax)?.Statement)).Count();
        return unit.WithMembers(unit.Members.Remove(set).Insert(place, set));
    }

    private static BlockSyntax MoveInBlock(BlockSyntax block, SyntaxNode set)
    {
        BlockSyntax rest = block.RemoveNode(set, SyntaxRemoveOptions.KeepNoTrivia)!;
        int place = rest.Statements.TakeWhile(IsSwitch).Count();
        return rest.WithStatements(rest.Statements.Insert(place, ((StatementSyntax)set).WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation)));
    }

    private static SyntaxNode? BodyOf(SyntaxNode statement) => statement.Parent is GlobalStatementSyntax global ? global.Parent : statement.Ancestors().TakeWhile(node => node is not AnonymousFunctionExpressionSyntax)
        .OfType<BlockSyntax>().LastOrDefault(block => block.Parent is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax);

    /// <summary>The statement, where it can go anywhere because it depends on nothing.</summary>
    private static ExpressionStatementSyntax? Statement(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Parent: ExpressionStatementSyntax statement } call
        && call.ArgumentList.Arguments.All(argument => argument.Expression is LiteralExpressionSyntax) && BodyOf(statement) is BlockSyntax or CompilationUnitSyntax
            ? statement
            : null;
}
