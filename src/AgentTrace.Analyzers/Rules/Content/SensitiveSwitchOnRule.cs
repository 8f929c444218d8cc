using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Content;

/// <summary>AGT2002: a process-wide switch for sensitive telemetry, on in source and for everyone.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SensitiveSwitchOnRule() : AgentTraceRule(Descriptors.AGT2002_SensitiveSwitchOn)
{
    private const string PastUs = "prompts and answers go into span events, from which nothing can be taken. Leave it to configuration, or capture content with AgentTraceOptions.CaptureContent";
    private const string Everyone = "every library that knows it writes prompts and answers, redacted or not. Leave it to who runs the app, or set AgentTraceOptions.CaptureContent";

    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.RunsAgents;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks.Platform), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, PlatformSymbols platform)
    {
        var call = (IInvocationOperation)context.Operation;
        bool isSwitch = call.TargetMethod.Name == "SetSwitch" && call.TargetMethod.ContainingType.Is(platform.AppContext);
        if (!isSwitch && !(call.TargetMethod.Name == "SetEnvironmentVariable" && call.TargetMethod.ContainingType.Is(platform.Environment)))
            return;
        if (Constant(call, 0) is not string name || Constant(call, 1) is not { } value || Harm(name, value, isSwitch) is not { } harm || call.IsGuarded(context.ContainingSymbol))
            return;
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT2002_SensitiveSwitchOn, call.Syntax.GetLocation(), name, harm));
    }

    private static string? Harm(string name, object value, bool isSwitch) => name switch
    {
        "Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnosticsSensitive" when isSwitch && value is true => PastUs,
        "SEMANTICKERNEL_EXPERIMENTAL_GENAI_ENABLE_OTEL_DIAGNOSTICS_SENSITIVE" when !isSwitch && IsOn(value) => PastUs,
        "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT" when !isSwitch && IsOn(value) => Everyone,
        _ => null,
    };

    private static bool IsOn(object value) => value is string text && text.Trim().ToUpperInvariant() is "TRUE" or "1" or "SPAN_ONLY" or "SPAN_AND_EVENT";

    private static object? Constant(IInvocationOperation call, int ordinal) =>
        call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == ordinal)?.Value.ConstantValue is { HasValue: true, Value: var value } ? value : null;
}
