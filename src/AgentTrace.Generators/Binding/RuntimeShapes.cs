using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>Reads Semantic Kernel's runtime interfaces and writes the members that a decorator only forwards.</summary>
internal static class RuntimeShapes
{
    /// <summary>Members that the decorators write by hand.</summary>
    private static readonly string[] ByHand = ["PublishMessageAsync", "SendMessageAsync", "RegisterAgentFactoryAsync", "OnMessageAsync"];

    public static RuntimeShape? Read(Compilation compilation)
    {
        if (compilation.GetTypeByMetadataName(FrameworkNames.Runtime) is not { } runtime
            || compilation.GetTypeByMetadataName(FrameworkNames.HostableAgent) is not { } hostable
            || compilation.GetTypeByMetadataName(FrameworkNames.Orchestration) is null)
            return null;
        bool actorHasAgent = compilation.GetTypeByMetadataName(FrameworkNames.AgentActor)?.GetMembers("Agent").OfType<IPropertySymbol>().Any() == true;
        return new RuntimeShape(Forwarded(runtime), Forwarded(hostable), actorHasAgent);
    }

    private static EquatableArray<string> Forwarded(INamedTypeSymbol type) => new([.. type.AllInterfaces.Prepend(type)
        .SelectMany(face => face.GetMembers().Select(member => Forward(face, member)))
        .OfType<string>()]);

    private static string? Forward(INamedTypeSymbol face, ISymbol member)
    {
        string owner = face.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string inner = $"(({owner})_inner)";
        switch (member)
        {
            case IMethodSymbol { MethodKind: MethodKind.Ordinary, IsAbstract: true } method when !ByHand.Contains(method.Name):
                string generic = method.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", method.TypeParameters.Select(p => p.Name))}>";
                string parameters = string.Join(", ", method.Parameters.Select(p => $"{p.Type.ToDisplayString(MethodShapes.FullName)} @{p.Name}"));
                string arguments = string.Join(", ", method.Parameters.Select(p => "@" + p.Name));
                return $"{method.ReturnType.ToDisplayString(MethodShapes.FullName)} {owner}.{method.Name}{generic}({parameters}) => {inner}.{method.Name}{generic}({arguments});";
            case IPropertySymbol { IsAbstract: true } property:
                string set = property.SetMethod is null ? "" : $" set => {inner}.{property.Name} = value;";
                string get = property.GetMethod is null ? "" : $" get => {inner}.{property.Name};";
                return $"{property.Type.ToDisplayString(MethodShapes.FullName)} {owner}.{property.Name} {{{get}{set} }}";
            default:
                return null;
        }
    }
}
