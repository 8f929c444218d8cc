using System.Collections.Immutable;
using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1003: an agent without a name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AgentHasNoNameRule() : AgentTraceRule(Descriptors.AGT1003_AgentHasNoName)
{
    /// <summary>Where the name goes (<see cref="AgentNamePlace"/>), in the diagnostic's properties.</summary>
    internal const string Place = "place";

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.ObjectCreation, OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        if (AgentCreation.Of(context.Operation, frameworks) is not { HasNoName: true } made)
            return;
        string what = made.Place switch
        {
            AgentNamePlace.Argument => "the argument 'name'",
            AgentNamePlace.Options => "'Name' in its options",
            _ => "'Name'",
        };
        // What would hold the name is the second location; the fix writes it there.
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.AGT1003_AgentHasNoName, Places.Of(made.Operation), [(made.Options ?? made.Operation).Syntax.GetLocation()],
            ImmutableDictionary<string, string?>.Empty.Add(Place, made.Place.ToString()), made.Type.Name, what));
    }
}
