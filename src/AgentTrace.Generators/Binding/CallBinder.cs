using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AgentTrace.Generators.Binding;

/// <summary>Finds the calls that start turns and runs.</summary>
internal static class CallBinder
{
    /// <summary>A quick look at the syntax alone.</summary>
    public static bool MayBe(SyntaxNode node) =>
        node is InvocationExpressionSyntax call && CallKinds.MayBe(NameOf(call));

    /// <summary>The call with its meaning; null when it is some other method of that name.</summary>
    public static BoundCall? Bind(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (context.SemanticModel.GetSymbolInfo(call, cancellationToken).Symbol is not IMethodSymbol method || CallKinds.Of(method) is not { } kind)
            return null;
        // A call by "base." would be sent round in a circle; a rule reports these two (AGT1002).
        if (call.Expression is MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } || Reachability.Hidden(method) is not null)
            return null;
        return context.SemanticModel.GetInterceptableLocation(call, cancellationToken) is { } location
            ? new BoundCall(new InterceptedCall(MethodShapes.Of(method, kind), location.GetInterceptsLocationAttributeSyntax(), location.GetDisplayLocation()), null)
            : Skip(call, method);
    }

    private static BoundCall Skip(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        Location location = call.GetLocation();
        return new BoundCall(null, new SkippedCall(
            location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span, $"{method.ContainingType.Name}.{method.Name}"));
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
