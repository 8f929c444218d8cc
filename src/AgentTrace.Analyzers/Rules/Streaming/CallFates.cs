using System.Collections.Immutable;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Streaming;

/// <summary>Tells what becomes of a call's result.</summary>
internal static class CallFates
{
    /// <summary>In the diagnostic's properties, what a fix does with the result: <see cref="Await"/> or <see cref="Enumerate"/>.</summary>
    internal const string RemedyProperty = "Remedy";

    internal const string Await = "await", Enumerate = "enumerate";

    public static ImmutableDictionary<string, string?> Remedy(string remedy) => ImmutableDictionary<string, string?>.Empty.Add(RemedyProperty, remedy);

    public static CallFate Fate(this IInvocationOperation call)
    {
        IOperation result = call.Outer();
        switch (result.Parent)
        {
            case IExpressionStatementOperation:
                return CallFate.Dropped;
            case ISimpleAssignmentOperation { Target: IDiscardOperation } assignment when assignment.Value == result:
                return CallFate.Discarded;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                return result.Root().UsesOf(local).Any() ? CallFate.Used : CallFate.NeverRead;
            default:
                return CallFate.Used;
        }
    }
}
