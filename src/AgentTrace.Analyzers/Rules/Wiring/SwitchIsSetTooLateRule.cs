using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1006: Semantic Kernel's telemetry switch is set after Semantic Kernel has read it.</summary>
/// <remarks>It is read once, when an agent, a function or a chat is first called; making a kernel does not read it yet.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SwitchIsSetTooLateRule() : AgentTraceRule(Descriptors.AGT1006_SwitchIsSetTooLate)
{
    private const string Switch = "Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics";

    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.Kernel.Agent is not null || frameworks.Kernel.ChatCompletionService is not null;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var set = (IInvocationOperation)context.Operation;
        if (set.TargetMethod.Name != "SetSwitch" || !set.TargetMethod.ContainingType.Same(frameworks.Platform.AppContext)
            || set.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: string name } || !name.StartsWith(Switch, StringComparison.Ordinal)
            || FirstUseBefore(set, frameworks) is not { } use)
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.AGT1006_SwitchIsSetTooLate, Places.Of(set), [Places.Of(use)], use.TargetMethod.Name, use.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1));
    }

    private static IInvocationOperation? FirstUseBefore(IOperation operation, AgentFrameworks frameworks)
    {
        IInvocationOperation? first = null;
        for (; operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation) && operation.Parent is { } parent; operation = parent)
            if (parent is IBlockOperation block)
                first = block.Operations.TakeWhile(statement => statement != operation).SelectMany(statement => Calls(statement, frameworks)).FirstOrDefault() ?? first;
        return first;
    }

    // A function that is only declared has not been called.
    private static IEnumerable<IInvocationOperation> Calls(IOperation operation, AgentFrameworks frameworks)
    {
        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            yield break;
        if (operation is IInvocationOperation call && ReadsSwitch(call.TargetMethod, frameworks))
            yield return call;
        foreach (IOperation child in operation.ChildOperations)
            foreach (IInvocationOperation inner in Calls(child, frameworks))
                yield return inner;
    }

    private static bool ReadsSwitch(IMethodSymbol method, AgentFrameworks frameworks)
    {
        switch (method.Name)
        {
            case "InvokeAsync" or "InvokeStreamingAsync" or "InvokePromptAsync" or "InvokePromptStreamingAsync":
                return CallKinds.Of(method) is CallKind.KernelAgent or CallKind.KernelAgentStreaming or CallKind.GroupChat or CallKind.GroupChatStreaming
                    || MetadataNames.Is(method.ContainingType, "Microsoft.SemanticKernel.Kernel")
                    || MetadataNames.Is(method.ContainingType, "Microsoft.SemanticKernel.KernelExtensions")
                    || MetadataNames.Is(method.ContainingType, "Microsoft.SemanticKernel.KernelFunction");
            case "GetChatMessageContentAsync" or "GetChatMessageContentsAsync" or "GetStreamingChatMessageContentsAsync":
                return method.IsExtensionMethod
                    ? (method.ReducedFrom ?? method).Parameters[0].Type.Implements(frameworks.Kernel.ChatCompletionService)
                    : method.ContainingType.Implements(frameworks.Kernel.ChatCompletionService);
            default:
                return false;
        }
    }
}
