using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Content;

/// <summary>What of a text is a message or a secret.</summary>
internal static class PrivateText
{
    private const int MaxDepth = 8;

    /// <summary>The private part, in words that begin a sentence; null where none is sure to be.</summary>
    public static string? In(IOperation value, MessageSymbols messages, int depth = 0)
    {
        value = value.Inner();
        if (depth > MaxDepth || value.ConstantValue.HasValue)
            return null;
        if (messages.IsMessage(value.Type))
            return "A message";
        return value switch
        {
            IInterpolatedStringOperation text => First(text.Parts.OfType<IInterpolationOperation>().Select(part => part.Expression)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => First([sum.LeftOperand, sum.RightOperand]),
            ICoalesceOperation either => First([either.Value, either.WhenNull]),
            IConditionalOperation { WhenFalse: { } otherwise } either => First([either.WhenTrue, otherwise]),
            IArrayCreationOperation { Initializer: { } elements } => First(elements.ElementValues),
            IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.SpecialType: SpecialType.System_String, Name: "Concat" or "Format" or "Join" } } call =>
                First(call.Arguments.Select(argument => argument.Value)),
            // Not Trim and the like: who asks a model for a name works on its answer so.
            IInvocationOperation { Instance: { } instance, TargetMethod.Name: "ToString" } => First([instance]),
            IPropertyReferenceOperation { Property: var property } => messages.IsText(property) ? "A message's text" : Named(property, property.Type),
            IFieldReferenceOperation { Field: var field } => Named(field, field.Type),
            IParameterReferenceOperation { Parameter: var parameter } => Named(parameter, parameter.Type),
            ILocalReferenceOperation { Local: var local } reference => Named(local, local.Type)
                ?? (local.Type.SpecialType == SpecialType.System_String && reference.Root().ValueOf(local) is { } initial ? First([initial]) : null),
            _ => null,
        };

        string? First(IEnumerable<IOperation> parts) => parts.Select(part => In(part, messages, depth + 1)).FirstOrDefault(found => found is not null);
    }

    private static string? Named(ISymbol symbol, ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_String && SecretNames.Says(symbol.Name) ? $"The secret '{symbol.Name}'" : null;
}
