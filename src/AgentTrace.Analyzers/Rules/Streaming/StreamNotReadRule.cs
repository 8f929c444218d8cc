using System.Collections.Immutable;
using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Streaming;

/// <summary>AGT3001: a streamed turn that nobody reads, or that is always left at its first update.</summary>
/// <remarks>Leaving on a condition is fine: the turn is recorded as abandoned, as it was.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class StreamNotReadRule() : AgentTraceRule(Descriptors.AGT3001_StreamNotRead)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.RunsAgents;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks)
    {
        context.RegisterOperationAction(operation => CheckCall(operation, frameworks), OperationKind.Invocation);
        context.RegisterOperationAction(operation => CheckLoop(operation, frameworks), OperationKind.Loop);
    }

    private static void CheckCall(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!Streams(call, frameworks))
            return;
        if (call.Fate() != CallFate.Used)
            Report(context, call, $"'{call.TargetMethod.Name}' does nothing until its updates are enumerated: this turn never runs. Use 'await foreach'.", CallFates.Remedy(CallFates.Enumerate));
        else if (call.Outer().Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "FirstAsync" or "FirstOrDefaultAsync", IsExtensionMethod: true } } first }
            && !first.Arguments.Any(argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate))
            Report(context, call, Left(call));
    }

    private static void CheckLoop(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        if (context.Operation is not IForEachLoopOperation { IsAsynchronous: true } loop)
            return;
        IOperation updates = loop.Collection.Inner();
        if (updates is ILocalReferenceOperation { Local: var local })
            updates = loop.Root().ValueOf(local) ?? updates;
        if (updates is IInvocationOperation call && Streams(call, frameworks) && IsLeftAtOnce(loop))
            Report(context, loop.Collection.Inner(), Left(call));
    }

    private static bool IsLeftAtOnce(IForEachLoopOperation loop)
    {
        IEnumerable<IOperation> statements = loop.Body is IBlockOperation block ? block.Operations : new[] { loop.Body };
        foreach (IOperation statement in statements)
        {
            if (statement is IBranchOperation { BranchKind: BranchKind.Break } || statement.Kind == OperationKind.Return)
                return true;
            if (statement is IBranchOperation or IThrowOperation || statement.DescendantsAndSelf().Any(inner => inner is IBranchOperation { BranchKind: BranchKind.Continue or BranchKind.GoTo }))
                return false;
        }

        return false;
    }

    private static bool Streams(IInvocationOperation call, AgentFrameworks frameworks)
    {
        IMethodSymbol method = call.TargetMethod;
        return method.Name switch
        {
            "InvokeStreamingAsync" or "RunStreamingAsync" => AgentCalls.Of(method) is { } kind && kind.IsEnumerated(),
            "GetStreamingResponseAsync" => AgentCalls.IsChat(method, frameworks),
            _ => false,
        };
    }

    private static string Left(IInvocationOperation call) =>
        $"What '{call.TargetMethod.Name}' streams is always left at its first update: the turn is abandoned, its tokens and its answer are lost. Read it to its end, or call the method that does not stream.";

    private static void Report(OperationAnalysisContext context, IOperation place, string message, ImmutableDictionary<string, string?>? properties = null) =>
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT3001_StreamNotRead, place.Syntax.GetLocation(), properties, message));
}
