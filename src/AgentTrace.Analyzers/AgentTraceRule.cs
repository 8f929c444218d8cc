using System.Collections.Immutable;
using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AgentTrace.Analyzers;

/// <summary>What all rules share: concurrent, silent in generated code, and not started at all where the app has nothing they speak of.</summary>
public abstract class AgentTraceRule : DiagnosticAnalyzer
{
    private protected AgentTraceRule(params DiagnosticDescriptor[] descriptors) => SupportedDiagnostics = ImmutableArray.Create(descriptors);

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            AgentFrameworks frameworks = AgentFrameworks.Of(start.Compilation);
            if (Concerns(frameworks))
                Register(start, frameworks);
        });
    }

    /// <summary>Whether the compilation has what the rule speaks of; by default, any agent framework.</summary>
    private protected virtual bool Concerns(AgentFrameworks frameworks) => frameworks.HasAgents;

    /// <summary>Registers the rule's actions. Types come from <paramref name="frameworks"/>: no rule looks up a type.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks);
}
