using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>Whether something <c>dynamic</c> is surely an agent.</summary>
internal static class DynamicAgents
{
    /// <summary>The agent's type: known where one has just been converted, is called with a dynamic argument, or is what the variable begins with.</summary>
    public static ITypeSymbol? TypeOf(IOperation receiver, AgentFrameworks frameworks, CancellationToken cancellationToken)
    {
        while (receiver is IConversionOperation or IParenthesizedOperation)
            receiver = receiver is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)receiver).Operand;
        ITypeSymbol? type = receiver.Type;
        if (receiver is ILocalReferenceOperation { Local: { Type.TypeKind: TypeKind.Dynamic } local }
            && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } value })
            type = receiver.SemanticModel?.GetTypeInfo(value, cancellationToken).Type;
        return frameworks.IsAgent(type) ? type : null;
    }
}
