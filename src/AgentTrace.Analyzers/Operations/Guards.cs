using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Operations;

/// <summary>Whether something decides, at run time or at build time, that an operation is reached: then its writer has thought about when.</summary>
internal static class Guards
{
    public static bool IsGuarded(this IOperation operation, ISymbol containing)
    {
        if (containing.GetAttributes().Any(attribute => attribute.AttributeClass is { Name: "ConditionalAttribute" }))
            return true;
        for (IOperation inner = operation; inner.Parent is { } outer; inner = outer)
        {
            switch (outer)
            {
                case IConditionalOperation conditional when conditional.Condition != inner:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } logical when logical.RightOperand == inner:
                case ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation or ICoalesceOperation:
                case IBlockOperation block when MayLeaveBefore(block, inner):
                    return true;
            }
        }

        return IsInConditionalRegion(operation.Syntax);
    }

    private static bool MayLeaveBefore(IBlockOperation block, IOperation operation) => block.Operations
        .TakeWhile(earlier => earlier != operation)
        .Any(earlier => earlier is IConditionalOperation or ISwitchOperation && earlier.Descendants().Any(inner => inner is IReturnOperation or IThrowOperation));

    private static bool IsInConditionalRegion(SyntaxNode node)
    {
        if (node.SyntaxTree.GetRoot() is not CompilationUnitSyntax { ContainsDirectives: true } root)
            return false;
        int depth = 0;
        for (DirectiveTriviaSyntax? directive = root.GetFirstDirective(); directive is not null && directive.SpanStart < node.SpanStart; directive = directive.GetNextDirective())
            depth += directive.Kind() switch
            {
                SyntaxKind.IfDirectiveTrivia => 1,
                SyntaxKind.EndIfDirectiveTrivia => -1,
                _ => 0,
            };
        return depth > 0;
    }
}
