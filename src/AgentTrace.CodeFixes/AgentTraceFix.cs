using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AgentTrace.CodeFixes;

/// <summary>What all fixes share: each can be applied to one place, a document, a project or the whole solution.</summary>
public abstract class AgentTraceFix(params string[] ids) : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <summary>Offers a fix of one diagnostic.</summary>
    /// <param name="context">The diagnostic's context.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="title">What the user reads.</param>
    /// <param name="fix">Makes the changed solution.</param>
    private protected void Offer(CodeFixContext context, Diagnostic diagnostic, string title, Func<CancellationToken, Task<Solution>> fix) =>
        context.RegisterCodeFix(CodeAction.Create(title, fix, GetType().Name), diagnostic);
}
