using System.Collections.Immutable;
using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>Reads a method's signature as an interceptor has to repeat it: open in the type parameters of its declaring type.</summary>
internal static class MethodShapes
{
    /// <summary>Full names with nullable annotations: the interceptor's types must be those of the method.</summary>
    public static readonly SymbolDisplayFormat FullName = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static MethodShape Of(IMethodSymbol method, CallKind kind)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        ITypeParameterSymbol[] ofType = [.. definition.ContainingType.TypeParameters];
        ITypeParameterSymbol[] ofMethod = [.. definition.TypeParameters];
        return new MethodShape(
            kind,
            definition.ContainingType.ToDisplayString(FullName),
            definition.IsStatic,
            definition.Name,
            definition.ReturnType.ToDisplayString(FullName),
            string.Join(", ", ofType.Concat(ofMethod).Select(parameter => parameter.Name)),
            string.Join(", ", ofMethod.Select(parameter => parameter.Name)),
            string.Join(" ", ofType.Concat(ofMethod).Select(Constraint).Where(text => text.Length > 0)),
            new EquatableArray<ParameterShape>([.. definition.Parameters.Select(Parameter)]));
    }

    private static ParameterShape Parameter(IParameterSymbol parameter) => new(parameter.Type.ToDisplayString(FullName), "@" + parameter.Name);

    private static string Constraint(ITypeParameterSymbol parameter)
    {
        ImmutableArray<string>.Builder parts = ImmutableArray.CreateBuilder<string>();
        if (parameter.HasReferenceTypeConstraint)
            parts.Add("class");
        if (parameter.HasUnmanagedTypeConstraint)
            parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            parts.Add("struct");
        if (parameter.HasNotNullConstraint)
            parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(type => type.ToDisplayString(FullName)));
        if (parameter.HasConstructorConstraint)
            parts.Add("new()");
        return parts.Count == 0 ? "" : $"where {parameter.Name} : {string.Join(", ", parts)}";
    }
}
