using System.Collections.Concurrent;
using System.Collections.Immutable;
using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>Which interface methods of an app are implemented by agents' turns, and by nothing else.</summary>
/// <remarks>Nothing is done until an interface method with the name of a turn is called, which few apps do.</remarks>
internal sealed class AgentInterfaces(Compilation compilation, AgentFrameworks frameworks)
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _known = new(SymbolEqualityComparer.Default);
    private ImmutableArray<INamedTypeSymbol> _types;

    public bool StartsTurn(IMethodSymbol method, CancellationToken cancellationToken)
    {
        // Frameworks' interfaces are called by the frameworks.
        if (method.DeclaringSyntaxReferences.IsEmpty)
            return false;
        if (_known.TryGetValue(method, out bool starts))
            return starts;
        if (_types.IsDefault)
            _types = TypesOf(compilation.Assembly.GlobalNamespace, cancellationToken).ToImmutableArray();
        int agents = 0, others = 0;
        foreach (INamedTypeSymbol type in _types)
        {
            if (!type.AllInterfaces.Contains(method.ContainingType, SymbolEqualityComparer.Default))
                continue;
            if (frameworks.IsAgent(type) && type.FindImplementationForInterfaceMember(method) is IMethodSymbol turn && CallKinds.Of(turn) is not null)
                agents++;
            else
                others++;
        }

        return _known[method] = agents > 0 && others == 0;
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol space, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (ISymbol member in space.GetMembers())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, AllInterfaces.IsEmpty: false } type)
                yield return type;
            if (member is INamespaceOrTypeSymbol inner)
                foreach (INamedTypeSymbol nested in TypesOf(inner, cancellationToken))
                    yield return nested;
        }
    }
}
