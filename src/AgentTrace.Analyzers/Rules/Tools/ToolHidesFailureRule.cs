using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Tools;

/// <summary>AGT3004: a tool that catches its failure and answers with text, so that its span says that all went well.</summary>
/// <remarks>Logging does not count: a log is read by people, attribution reads spans.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ToolHidesFailureRule() : AgentTraceRule(Descriptors.AGT3004_ToolHidesFailure)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.RunsAgents;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.CatchClause);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var caught = (ICatchClauseOperation)context.Operation;
        IOperation? answer = caught.Handler.Operations.FirstOrDefault(statement => statement.Kind == OperationKind.Return);
        if (answer is not IReturnOperation { ReturnedValue: { } text } || text.Inner().Type?.SpecialType != SpecialType.System_String
            || text.ConstantValue is { HasValue: true, Value: null } || !IsFailure(caught, text, frameworks.Tools))
            return;
        if (IsRecorded(caught, frameworks) || FunctionAround(caught, context.ContainingSymbol) is not { } function || !ToolBinding.IsTool(function, caught, frameworks.Tools, context.CancellationToken))
            return;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.AGT3004_ToolHidesFailure, answer.Syntax.GetLocation(), function is { MethodKind: MethodKind.AnonymousFunction } ? "lambda" : function.Name));
    }

    // A tool that answers "no such file" to a FileNotFoundException has answered; one that catches everything, or passes the exception's words on, has failed.
    private static bool IsFailure(ICatchClauseOperation caught, IOperation text, ToolSymbols tools) =>
        SymbolEqualityComparer.Default.Equals(caught.ExceptionType, tools.Exception) || caught.ExceptionType.SpecialType == SpecialType.System_Object
        || (!caught.ExceptionType.Is(tools.Canceled) && text.DescendantsAndSelf().Any(part => part is ILocalReferenceOperation { Local: var local } && local.Type.Is(tools.Exception)));

    private static bool IsRecorded(ICatchClauseOperation caught, AgentFrameworks frameworks) => caught.Handler.Descendants().Any(operation => operation switch
    {
        IThrowOperation => true,
        IInvocationOperation { TargetMethod: var method } => method.ContainingType.Is(frameworks.Platform.Activity) || frameworks.Sdk.IsSpan(method.ContainingType)
            || (method.IsExtensionMethod && (method.ReducedFrom ?? method).Parameters[0].Type.Is(frameworks.Platform.Activity)),
        // A span that is given to someone is in good hands.
        IArgumentOperation { Value: var value } => value.Inner().Type.Is(frameworks.Platform.Activity) || frameworks.Sdk.IsSpan(value.Inner().Type),
        _ => false,
    });

    private static IMethodSymbol? FunctionAround(IOperation operation, ISymbol containing)
    {
        for (IOperation? around = operation.Parent; around is not null; around = around.Parent)
        {
            if (around is IAnonymousFunctionOperation lambda)
                return lambda.Symbol;
            if (around is ILocalFunctionOperation local)
                return local.Symbol;
        }

        return containing as IMethodSymbol;
    }
}
