using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The making of an agent of a framework's own class, as far as it can be seen in one expression.</summary>
/// <remarks>An agent class of the app's own, or of a library, may name itself in its constructor: it is not among them.</remarks>
internal sealed class AgentCreation
{
    /// <summary>The property by which all frameworks name agents.</summary>
    public const string NameProperty = "Name";

    private AgentCreation(IOperation operation, ITypeSymbol type) => (Operation, Type) = (operation, type);

    /// <summary>The constructor's or the extension method's call.</summary>
    public IOperation Operation { get; }

    public ITypeSymbol Type { get; }

    /// <summary>Where the name is, or would be.</summary>
    public AgentNamePlace Place { get; private set; }

    /// <summary>What is given as the name; null when nothing is.</summary>
    public IOperation? Name { get; private set; }

    /// <summary>The creation of the options that hold the name.</summary>
    public IObjectCreationOperation? Options { get; private set; }

    /// <summary>The chat client that the agent is made of.</summary>
    public IOperation? Client { get; private set; }

    /// <summary>Whether the agent surely has no name.</summary>
    public bool HasNoName => Place != AgentNamePlace.Unknown && (Name is null || Name.ConstantValue is { HasValue: true, Value: null or "" });

    /// <summary>The name, where the compiler knows it.</summary>
    public string? ConstantName => Name?.ConstantValue is { HasValue: true, Value: string { Length: > 0 } name } ? name : null;

    public static AgentCreation? Of(IOperation operation, AgentFrameworks frameworks)
    {
        switch (operation)
        {
            case IObjectCreationOperation { Type: { } type } creation when type.Same(frameworks.Kernel.ChatCompletionAgent):
                // One that is made of a prompt template takes the template's name.
                return creation.Arguments.IsEmpty
                    ? new AgentCreation(creation, type) { Place = AgentNamePlace.Initializer, Name = NameIn(creation.Initializer) }
                    : new AgentCreation(creation, type);
            case IObjectCreationOperation { Type: { } type } creation when type.Same(frameworks.Framework.ChatClientAgent):
                return OfArguments(creation, type, creation.Arguments, frameworks);
            case IInvocationOperation { TargetMethod: { Name: "AsAIAgent" or "CreateAIAgent", IsExtensionMethod: true } method } call
                when method.ReturnType.Same(frameworks.Framework.ChatClientAgent) && method.DeclaringSyntaxReferences.IsEmpty:
                return OfArguments(call, method.ReturnType, call.Arguments, frameworks);
            default:
                return null;
        }
    }

    /// <summary>The value without the conversions around it.</summary>
    public static IOperation Unwrap(IOperation value)
    {
        while (value is IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion)
            value = conversion.Operand;
        return value;
    }

    private static AgentCreation OfArguments(IOperation operation, ITypeSymbol type, ImmutableArray<IArgumentOperation> arguments, AgentFrameworks frameworks)
    {
        var made = new AgentCreation(operation, type);
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            if (parameter is { Name: "name", Type.SpecialType: SpecialType.System_String })
            {
                made.Place = AgentNamePlace.Argument;
                made.Name = argument.ArgumentKind == ArgumentKind.Explicit ? argument.Value : null;
            }
            else if (parameter.Type.Same(frameworks.Framework.ChatClientAgentOptions) && Unwrap(argument.Value) is IObjectCreationOperation { Arguments.IsEmpty: true } options)
            {
                made.Place = AgentNamePlace.Options;
                made.Options = options;
                made.Name = NameIn(options.Initializer);
            }
            else if (parameter.Type.Same(frameworks.Chat.ChatClient))
            {
                made.Client = Unwrap(argument.Value);
            }
        }

        return made;
    }

    private static IOperation? NameIn(IObjectOrCollectionInitializerOperation? initializer) => initializer?.Initializers
        .OfType<ISimpleAssignmentOperation>()
        .FirstOrDefault(set => set.Target is IPropertyReferenceOperation { Property.Name: NameProperty })?.Value;
}
