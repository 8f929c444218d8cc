using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1003: an agent without a name.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AgentHasNoNameRule() : AgentTraceRule(Descriptors.AGT1003_AgentHasNoName)
{
    /// <summary>The property a fix sets, in the diagnostic's properties.</summary>
    internal const string NameProperty = "Name";

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.ObjectCreation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        // An agent class of the app's own may set its name in its constructor: only the frameworks' own classes are sure to have none.
        if (!creation.Type.Is(frameworks.Kernel.Agent) || creation.Type is null || creation.Type.Locations.Any(place => place.IsInSource))
            return;
        if (creation.Initializer is { } initializer && initializer.Initializers.OfType<ISimpleAssignmentOperation>()
            .Any(set => set.Target is IPropertyReferenceOperation { Property.Name: NameProperty } && set.Value.ConstantValue is not { HasValue: true, Value: null or "" }))
            return;
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT1003_AgentHasNoName, creation.Syntax.GetLocation(), creation.Type.Name, NameProperty));
    }
}
