using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.Analyzers.Rules;

/// <summary>What a diagnostic underlines: of a call the name of what is called, because a fluent chain runs over many lines.</summary>
internal static class Places
{
    public static Location Of(IOperation operation) => operation.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Name.Identifier.GetLocation(),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax member } => member.Name.Identifier.GetLocation(),
        InvocationExpressionSyntax { Expression: var called } => called.GetLocation(),
        MemberAccessExpressionSyntax member => member.Name.Identifier.GetLocation(),
        SyntaxNode other => other.GetLocation(),
    };
}
