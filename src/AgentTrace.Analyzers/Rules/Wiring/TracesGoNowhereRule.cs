using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1005: a tracer provider with AgentTrace whose spans go nowhere, because it has no exporter or samples nothing.</summary>
/// <remarks>Exporters are looked for only where all that is done to the provider stands in one chain, from the builder to <c>Build()</c>.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TracesGoNowhereRule() : AgentTraceRule(Descriptors.AGT1005_TracesGoNowhere)
{
    private protected override bool Concerns(AgentFrameworks frameworks) =>
        frameworks.Sdk.Wiring is not null && frameworks.Platform.TracerProviderBuilder is not null && !frameworks.IsTests;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) => context.RegisterOperationAction(
        operation =>
        {
            var call = (IInvocationOperation)operation.Operation;
            if (call.TargetMethod.Name == "Build")
                CheckBuild(operation, call, frameworks);
            else if (call.TargetMethod.Name == "SetSampler")
                CheckSampler(operation, call, frameworks);
        },
        OperationKind.Invocation);

    private static void CheckBuild(OperationAnalysisContext context, IInvocationOperation build, AgentFrameworks frameworks)
    {
        if (!build.TargetMethod.ReturnType.Is(frameworks.Platform.TracerProvider))
            return;
        bool instrumented = false;
        IInvocationOperation? call = ReceiverOf(build);
        for (; call is not null && !TracerProviders.IsBegun(call); call = ReceiverOf(call))
        {
            if (TracerProviders.IsInstrumented(call, frameworks))
                instrumented = true;
            else if (!ExportsNothing(call.TargetMethod.Name))
                return;
        }

        if (instrumented && call is not null && !GetsProcessorLater(build, frameworks))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT1005_TracesGoNowhere, Places.Of(build), "the tracer provider has no exporter: add one, for example AddOtlpExporter()"));
    }

    private static void CheckSampler(OperationAnalysisContext context, IInvocationOperation set, AgentFrameworks frameworks)
    {
        if (!set.TargetMethod.ContainingNamespace.Name.Equals("Trace", StringComparison.Ordinal)
            || !(set.TargetMethod.TypeArguments.FirstOrDefault() ?? SamplerOf(set)).Same(frameworks.Platform.AlwaysOffSampler))
            return;
        for (IInvocationOperation? call = LastOf(set); call is not null; call = ReceiverOf(call))
        {
            if (!TracerProviders.IsInstrumented(call, frameworks))
                continue;
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT1005_TracesGoNowhere, Places.Of(set), "the sampler drops every span: remove it, or sample at least the agents' traces"));
            return;
        }
    }

    private static ITypeSymbol? SamplerOf(IInvocationOperation set) =>
        set.Arguments.Select(argument => AgentCreation.Unwrap(argument.Value)).OfType<IObjectCreationOperation>().FirstOrDefault()?.Type;

    // What may bring an exporter with it is not among them.
    private static bool ExportsNothing(string name) =>
        name is "AddSource" or "AddLegacySource" or "SetSampler" or "SetResourceBuilder" or "ConfigureResource" or "SetErrorStatusOnException"
        || name.EndsWith("Instrumentation", StringComparison.Ordinal);

    private static bool GetsProcessorLater(IOperation build, AgentFrameworks frameworks)
    {
        IOperation root = build;
        while (root.Parent is { } parent)
            root = parent;
        return root.Descendants().OfType<IInvocationOperation>().Any(call =>
            call.TargetMethod.Name == "AddProcessor" && (call.TargetMethod.ReducedFrom ?? call.TargetMethod).Parameters[0].Type.Is(frameworks.Platform.TracerProvider));
    }

    private static IInvocationOperation? ReceiverOf(IInvocationOperation call) =>
        (call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null)) is { } receiver
            ? AgentCreation.Unwrap(receiver) as IInvocationOperation
            : null;

    private static IInvocationOperation LastOf(IInvocationOperation call)
    {
        for (IOperation? parent = call.Parent; parent is IArgumentOperation or IConversionOperation or IInvocationOperation; parent = parent.Parent)
        {
            if (parent is not IInvocationOperation next)
                continue;
            if (ReceiverOf(next) != call)
                break;
            call = next;
        }

        return call;
    }
}
