using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.CodeFixes;

/// <summary>Writes one more call into a fluent chain, on a line of its own where the chain has one a line.</summary>
internal static class FluentCalls
{
    /// <summary>Appends <c>.method()</c> to <paramref name="receiver"/>, whose place in the chain it takes.</summary>
    public static InvocationExpressionSyntax Append(ExpressionSyntax receiver, string method, SyntaxToken dot) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, dot, SyntaxFactory.IdentifierName(method)),
        SyntaxFactory.ArgumentList().WithTrailingTrivia(receiver.GetTrailingTrivia()));
}
