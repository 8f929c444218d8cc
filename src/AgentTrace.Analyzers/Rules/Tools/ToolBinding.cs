using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Tools;

/// <summary>Whether a function is a tool that models call. A look through the file: only for functions that are suspect already.</summary>
internal static class ToolBinding
{
    /// <summary>Whether it has <c>[KernelFunction]</c>, or stands in a call that makes a tool of it; such a call elsewhere than in its own file is not seen.</summary>
    public static bool IsTool(IMethodSymbol function, IOperation inside, ToolSymbols tools, CancellationToken cancellationToken)
    {
        if (function.MethodKind == MethodKind.AnonymousFunction)
            return IsArgument(inside, tools);
        return function.GetAttributes().Any(attribute => attribute.AttributeClass.Is(tools.KernelFunction)) || IsNamedInFile(function, inside, tools, cancellationToken);
    }

    private static bool IsArgument(IOperation inside, ToolSymbols tools)
    {
        IOperation? lambda = inside.Parent;
        while (lambda is not null and not IAnonymousFunctionOperation)
            lambda = lambda.Parent;
        IOperation? around = lambda?.Parent;
        while (around is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
            around = around.Parent;
        return around is IArgumentOperation { Parent: IInvocationOperation call } && tools.MakesTool(call.TargetMethod);
    }

    private static bool IsNamedInFile(IMethodSymbol function, IOperation inside, ToolSymbols tools, CancellationToken cancellationToken)
    {
        if (inside.SemanticModel is not { } model)
            return false;
        foreach (ArgumentSyntax argument in inside.Syntax.SyntaxTree.GetRoot(cancellationToken).DescendantNodes().OfType<ArgumentSyntax>())
        {
            if (NameOf(argument.Expression) == function.Name && argument.Parent?.Parent is InvocationExpressionSyntax call
                && model.GetOperation(call, cancellationToken) is IInvocationOperation made && tools.MakesTool(made.TargetMethod)
                && made.Descendants().Any(part => part is IMethodReferenceOperation named && SymbolEqualityComparer.Default.Equals(named.Method, function)))
                return true;
        }

        return false;
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => null,
    };
}
