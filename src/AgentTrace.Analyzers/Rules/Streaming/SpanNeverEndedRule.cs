using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Streaming;

/// <summary>AGT3003: a span around an agent call that is never ended; a run, turn or tool call of the SDK, whatever it is around.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SpanNeverEndedRule() : AgentTraceRule(Descriptors.AGT3003_SpanNeverEnded)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.RunsAgents;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var start = (IInvocationOperation)context.Operation;
        IMethodSymbol method = start.TargetMethod;
        bool isActivity = method.Name == "StartActivity" && method.ContainingType.Is(frameworks.Platform.ActivitySource);
        if (!isActivity && !(method.Name == "Start" && method.IsStatic && frameworks.Sdk.IsSpan(method.ContainingType)))
            return;
        IOperation span = start.Outer();
        IOperation root = span.Root();
        bool isLost = span.Parent switch
        {
            // Somebody may yet end what is current.
            IExpressionStatementOperation => !root.Descendants().Any(other => other is IPropertyReferenceOperation { Property.Name: "Current" }),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } declarator } =>
                !IsUsing(declarator) && root.UsesOf(local).All(use => OnlyLooksAt(use, frameworks)),
            _ => false,
        };
        if (isLost && (!isActivity || IsAroundAgent(start, frameworks)))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT3003_SpanNeverEnded, start.Syntax.GetLocation(), $"{method.ContainingType.Name}.{method.Name}"));
    }

    private static bool IsUsing(IVariableDeclaratorOperation declarator) => declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;

    private static bool IsAroundAgent(IInvocationOperation start, AgentFrameworks frameworks) => start.Function().Descendants()
        .OfType<IInvocationOperation>()
        .Any(call => call.Syntax.SpanStart > start.Syntax.SpanStart && (AgentCalls.Of(call.TargetMethod) is not null || AgentCalls.IsChat(call.TargetMethod, frameworks)));

    /// <summary>Whether a use of the span neither ends it nor gives it to anybody who might.</summary>
    private static bool OnlyLooksAt(IOperation span, AgentFrameworks frameworks)
    {
        switch (span.Parent)
        {
            case IConversionOperation conversion:
                return OnlyLooksAt(conversion, frameworks);
            case IConditionalAccessOperation access when access.Operation == span:
                return access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().All(inner => OnlyLooksAt(inner, frameworks));
            case IPropertyReferenceOperation { Property.Name: not "Activity" }:
            case IBinaryOperation or IIsPatternOperation or IIsTypeOperation:
                return true;
            case IPropertyReferenceOperation activity:
                return OnlyLooksAt(activity, frameworks);
            case IInvocationOperation call when call.Instance == span:
                return call.TargetMethod.Name is not ("Dispose" or "Stop" or "End") && GivesNothingBack(call, frameworks);
            case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } call }:
                return IsFromTelemetry(call.TargetMethod.ContainingNamespace) && GivesNothingBack(call, frameworks);
            default:
                return false;
        }
    }

    private static bool GivesNothingBack(IInvocationOperation call, AgentFrameworks frameworks) =>
        !call.Type.Is(frameworks.Platform.Activity) || call.Outer().Parent is IExpressionStatementOperation || OnlyLooksAt(call, frameworks);

    private static bool IsFromTelemetry(INamespaceSymbol space) => space.ToDisplayString() is "OpenTelemetry.Trace" or "System.Diagnostics";
}
