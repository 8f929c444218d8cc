using System.Composition;
using AgentTrace.Analyzers.Rules.Wiring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AgentTrace.CodeFixes;

/// <summary>AGT1002: makes a private type internal, so that generated code can name it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeInternalFix() : AgentTraceFix("AGT1002")
{
    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
            if (diagnostic.Properties.TryGetValue(CallIsNotInterceptedRule.FixKey, out string? fix) && fix == CallIsNotInterceptedRule.InternalFix
                && diagnostic.AdditionalLocations is { Count: 1 } others && others[0] is { SourceTree: { } tree } type && context.Document.Project.Solution.GetDocument(tree) is { } document)
                Offer(context, diagnostic, "Make the type internal", cancel => OpenAsync(document, type, cancel));
        return Task.CompletedTask;
    }

    private static async Task<Solution> OpenAsync(Document document, Location type, CancellationToken cancellationToken)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellationToken).ConfigureAwait(false);
        if (editor.OriginalRoot.FindNode(type.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } declaration)
            editor.SetAccessibility(declaration, Accessibility.Internal);
        return editor.GetChangedDocument().Project.Solution;
    }
}
