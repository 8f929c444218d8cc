using AgentTrace.Generators.Binding;
using AgentTrace.Generators.Emit;
using AgentTrace.Generators.Model;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators;

/// <summary>Emits interceptors for every call that starts an agent's turn or a run, and the glue they need, into the app's own compilation.</summary>
/// <remarks>Steps are named, so that tests can see that an unrelated edit regenerates nothing.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class InstrumentationGenerator : IIncrementalGenerator
{
    /// <summary>The namespace of what is emitted; the app's build has to allow interceptors in it.</summary>
    public const string Namespace = "AgentTrace.Generated";

    private const string SwitchProperty = "build_property.AgentTraceInterceptors";

    internal const string CallsStep = "Calls";
    internal const string FactsStep = "Facts";

    private static readonly DiagnosticDescriptor Skipped = new(
        "AGT9001", "Agent call is not traced", "{0} is not traced here: the compiler offers no interceptable location for it", "AgentTrace.Generator", DiagnosticSeverity.Info, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<BoundCall> calls = context.SyntaxProvider
            .CreateSyntaxProvider(static (node, _) => CallBinder.MayBe(node), CallBinder.Bind)
            .Where(static call => call is not null)
            .Select(static (call, _) => call!)
            .WithTrackingName(CallsStep);
        IncrementalValueProvider<FrameworkFacts> facts = context.CompilationProvider
            .Select(FactsReader.Read)
            .WithTrackingName(FactsStep);
        IncrementalValueProvider<EquatableArray<BoundCall>> all = calls.Collect().Select(static (found, _) => new EquatableArray<BoundCall>(found));

        IncrementalValueProvider<bool> wanted = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => !(options.GlobalOptions.TryGetValue(SwitchProperty, out string? value) && value == "false"));

        context.RegisterSourceOutput(all.Combine(facts).Combine(wanted), static (output, source) =>
        {
            if (source.Right)
                Emit(output, source.Left.Left, source.Left.Right);
        });
    }

    private static void Emit(SourceProductionContext output, EquatableArray<BoundCall> calls, FrameworkFacts facts)
    {
        if (!facts.HasSdk)
            return;
        foreach (SkippedCall skipped in calls.Select(call => call.Skipped).OfType<SkippedCall>())
            output.ReportDiagnostic(Diagnostic.Create(Skipped, skipped.Location, skipped.Method));

        InterceptedCall[] intercepted = [.. calls.Select(call => call.Intercepted).OfType<InterceptedCall>()];
        if (intercepted.Length == 0)
            return;
        output.AddSource("AgentTrace.Interceptors.g.cs", InterceptorEmitter.Emit(intercepted, facts));
        bool Any(params CallKind[] kinds) => intercepted.Any(call => kinds.Contains(call.Method.Kind));
        if (Any(CallKind.KernelAgent, CallKind.KernelAgentStreaming, CallKind.GroupChat, CallKind.GroupChatStreaming))
        {
            output.AddSource("AgentTrace.KernelTurns.g.cs", KernelTurnsGlue.Emit(facts));
            output.AddSource("AgentTrace.KernelMessages.g.cs", KernelMessagesGlue.Emit(facts));
        }

        if (Any(CallKind.FrameworkAgent, CallKind.FrameworkAgentStreaming))
            output.AddSource("AgentTrace.FrameworkTurns.g.cs", FrameworkTurnsGlue.Emit(facts));
        if (Any(CallKind.KernelAgent, CallKind.KernelAgentStreaming, CallKind.GroupChat, CallKind.GroupChatStreaming, CallKind.Orchestration))
            output.AddSource("AgentTrace.KernelTools.g.cs", KernelToolsGlue.Emit());
        if (Any(CallKind.Orchestration) && facts.Runtime is { } runtime)
            output.AddSource("AgentTrace.Orchestrations.g.cs", OrchestrationGlue.Emit(runtime));
    }
}
