using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentTrace.CodeFixes;

/// <summary>What all fixes share: each can be applied to one place, a document, a project or the whole solution.</summary>
public abstract class AgentTraceFix(params string[] ids) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;
}
