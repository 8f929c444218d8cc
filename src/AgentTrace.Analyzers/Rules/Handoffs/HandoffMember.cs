using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Handoffs;

/// <summary>An agent as one method speaks of it: by variable, by name, or by both.</summary>
/// <param name="Symbol">The variable, field, property or parameter; null for a name alone.</param>
/// <param name="Name">The name where it is a constant.</param>
/// <param name="IsNameKnown">Whether <paramref name="Name"/> is all there is to know: an agent made without a name goes by an id that no text equals.</param>
internal readonly record struct HandoffMember(ISymbol? Symbol, string? Name, bool IsNameKnown)
{
    /// <summary>Reads an agent or an agent's name; null when it may be any.</summary>
    public static HandoffMember? Of(IOperation value, IOperation root)
    {
        value = value.Inner();
        if (value.ConstantValue is { HasValue: true, Value: string name })
            return new HandoffMember(null, name, true);
        switch (value)
        {
            // agent.Name, agent.Name ?? agent.Id
            case ICoalesceOperation { Value: IPropertyReferenceOperation named }:
                return Of(named, root);
            case IPropertyReferenceOperation { Property.Name: "Name" or "Id", Instance: { } agent } when value.Type?.SpecialType == SpecialType.System_String:
                return Of(agent, root);
            case ILocalReferenceOperation { Local: var local }:
                // Another name for an agent that may be a member; in a foreach, any agent.
                if (root.ValueOf(local) is not { } made || made is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation or IArrayElementReferenceOperation)
                    return null;
                return Named(local, made);
            case IParameterReferenceOperation { Parameter: var parameter }:
                return new HandoffMember(parameter, null, false);
            case IFieldReferenceOperation { Field: var field, Instance: null or IInstanceReferenceOperation }:
                return new HandoffMember(field, null, false);
            case IPropertyReferenceOperation { Property: { IsIndexer: false } property, Instance: null or IInstanceReferenceOperation }:
                return new HandoffMember(property, null, false);
            default:
                return null;
        }
    }

    /// <summary>Whether the two are surely not the same agent.</summary>
    public bool Differs(HandoffMember other)
    {
        if (Symbol is not null && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol))
            return false;
        if (IsNameKnown && other.IsNameKnown)
            return Name is null || Name != other.Name;
        // Two variables of one method are two agents; a name alone may be anybody's whose name is not known.
        return Symbol is not null && other.Symbol is not null;
    }

    private static HandoffMember Named(ILocalSymbol local, IOperation made)
    {
        // An agent class of the app's own may name itself.
        if (made is not IObjectCreationOperation creation)
            return new HandoffMember(local, null, false);
        IOperation? name = creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(set => set.Target is IPropertyReferenceOperation { Property.Name: "Name" })?.Value;
        return name is null ? new HandoffMember(local, null, creation.Type?.Locations.Any(place => place.IsInSource) is false)
            : name.ConstantValue is { HasValue: true, Value: string text } ? new HandoffMember(local, text, true)
            : new HandoffMember(local, null, false);
    }
}
