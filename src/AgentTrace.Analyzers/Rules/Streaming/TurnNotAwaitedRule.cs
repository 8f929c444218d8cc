using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Streaming;

/// <summary>AGT3002: a turn, run or chat whose task nobody awaits, or whose answers nobody enumerates.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TurnNotAwaitedRule() : AgentTraceRule(Descriptors.AGT3002_TurnNotAwaited)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.RunsAgents;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        // What streams is AGT3001's.
        if (method.Name is not ("InvokeAsync" or "RunAsync" or "GetResponseAsync" or "RunStreamingAsync" or "StreamAsync"))
            return;
        bool isEnumerated = false;
        if (AgentCalls.Of(method) is { } kind)
            isEnumerated = kind.IsEnumerated();
        else if (!AgentCalls.IsChat(method, frameworks))
            return;
        if (isEnumerated && method.Name == "RunStreamingAsync")
            return;
        CallFate fate = call.Fate();
        // A task that is thrown away on purpose still runs; what is to be enumerated does not even start.
        if (fate == CallFate.Used || (fate == CallFate.Discarded && !isEnumerated))
            return;
        string message = isEnumerated
            ? $"'{method.Name}' does nothing until its answers are enumerated: this turn never runs. Use 'await foreach'."
            : $"Nobody awaits '{method.Name}': its failure is lost, and its span may end after the run it belongs to. Await it.";
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT3002_TurnNotAwaited, call.Syntax.GetLocation(), CallFates.Remedy(isEnumerated ? CallFates.Enumerate : CallFates.Await), message));
    }
}
