using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1008: a run that is started and ended in one place, where nobody says whether it succeeded.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunHasNoOutcomeRule() : AgentTraceRule(Descriptors.AGT1008_RunHasNoOutcome)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.Sdk.Run is not null && !frameworks.IsTests;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks.Sdk.Run!), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, INamedTypeSymbol run)
    {
        var start = (IInvocationOperation)context.Operation;
        if (start.TargetMethod is not { Name: "Start", IsStatic: true } || !start.TargetMethod.ContainingType.Same(run))
            return;
        ILocalSymbol? local = null;
        if (start.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var variable } })
            local = variable;
        else if (start.Parent is not (IUsingOperation or IExpressionStatementOperation))
            return;

        IOperation root = start;
        while (root.Parent is { } parent)
            root = parent;
        foreach (IOperation operation in root.Descendants())
        {
            // Whoever is called may reach the run by AgentRun.Current; where this body does so itself, it knows how.
            if (operation is IPropertyReferenceOperation { Property: { Name: "Current", IsStatic: true } current } && current.ContainingType.Same(run))
                return;
            if (local is not null && operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && !LeavesOutcomeOpen(reference))
                return;
        }

        context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT1008_RunHasNoOutcome, Places.Of(start)));
    }

    /// <summary>Whether this use of the run neither records its outcome nor hands the run to someone who might.</summary>
    private static bool LeavesOutcomeOpen(IOperation reference)
    {
        IOperation? use = reference.Parent;
        // run?.X
        if (use is IConditionalAccessOperation conditional && conditional.Operation == reference)
            use = conditional.WhenNotNull;
        return use switch
        {
            IInvocationOperation call => call.Instance is not null && call.TargetMethod.Name is "SetInput" or "SetOutput" or "End" or "Dispose",
            // The span itself can be marked as failed; its ids cannot.
            IPropertyReferenceOperation { Property.Name: "Activity" } activity => IsOnlyNamed(activity),
            IUsingOperation => true,
            _ => false,
        };
    }

    private static bool IsOnlyNamed(IOperation activity)
    {
        IOperation? use = activity.Parent is IConditionalAccessOperation conditional && conditional.Operation == activity ? conditional.WhenNotNull : activity.Parent;
        while (use is IInvocationOperation { Instance: { } receiver } && receiver is IPropertyReferenceOperation)
            use = receiver;
        return use is IPropertyReferenceOperation { Property.Name: "TraceId" or "SpanId" or "Id" or "RootId" or "Context" or "Duration" };
    }
}
