using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1001: the app's agents are never wired to a tracer provider.</summary>
/// <remarks>Only for executables: a library cannot know its host's wiring. Said once, at the end, at the first agent.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AppIsNotInstrumentedRule() : AgentTraceRule(Descriptors.AGT1001_AppIsNotInstrumented)
{
    private const string WiredElsewhere = "build_property.AgentTraceWiredElsewhere";

    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.HasAgents && frameworks.Sdk.Wiring is not null && !frameworks.IsTests;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks)
    {
        if (context.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication)
            || (context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(WiredElsewhere, out string? elsewhere) && string.Equals(elsewhere, "true", StringComparison.OrdinalIgnoreCase))
            || IsWiredByReference(context.Compilation))
            return;
        var app = new AppWiring(frameworks);
        context.RegisterOperationAction(operation => app.See(operation.Operation), OperationKind.Invocation, OperationKind.ObjectCreation);
        context.RegisterCompilationEndAction(app.Report);
    }

    /// <summary>Whether a project or library that the app references uses the SDK itself: it may be the one that does the wiring, as shared service defaults do.</summary>
    private static bool IsWiredByReference(Compilation compilation) => compilation.SourceModule.ReferencedAssemblySymbols
        .Any(assembly => assembly.Name != SdkSymbols.Name && assembly.Modules.Any(module => module.ReferencedAssemblies.Any(name => name.Name == SdkSymbols.Name)));

    /// <summary>What has been seen of one compilation; operations come from several threads.</summary>
    private sealed class AppWiring(AgentFrameworks frameworks)
    {
        private readonly object _gate = new();
        private volatile bool _wired;
        private Location? _firstAgent;
        private string _what = "";
        private Location? _provider;
        private int _providers;

        public void See(IOperation operation)
        {
            if (_wired)
                return;
            if (operation is IInvocationOperation call)
            {
                if (TracerProviders.IsInstrumented(call, frameworks))
                    _wired = true;
                else if (TracerProviders.IsBegun(call))
                    SeeProvider(Places.Of(call));
                else if (CallKinds.Of(call.TargetMethod) is not null)
                    SeeAgent(call, call.TargetMethod.ContainingType.Name);
                else if (AgentCreation.Of(call, frameworks) is { } made)
                    SeeAgent(call, made.Type.Name);
            }
            else if (operation.Type is { } type && frameworks.IsAgent(type))
            {
                SeeAgent(operation, type.Name);
            }
        }

        public void Report(CompilationAnalysisContext context)
        {
            if (!_wired && _firstAgent is not null)
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT1001_AppIsNotInstrumented, _firstAgent, _providers == 1 ? [_provider!] : [], _what));
        }

        private void SeeProvider(Location place)
        {
            lock (_gate)
            {
                _providers++;
                _provider = place;
            }
        }

        private void SeeAgent(IOperation operation, string what)
        {
            Location place = Places.Of(operation);
            lock (_gate)
            {
                if (_firstAgent is not null && !IsBefore(place, _firstAgent))
                    return;
                _firstAgent = place;
                _what = what;
            }
        }

        // The same place in every build, whatever thread came first.
        private static bool IsBefore(Location one, Location other)
        {
            int files = string.CompareOrdinal(one.SourceTree?.FilePath, other.SourceTree?.FilePath);
            return files < 0 || (files == 0 && one.SourceSpan.Start < other.SourceSpan.Start);
        }
    }
}
