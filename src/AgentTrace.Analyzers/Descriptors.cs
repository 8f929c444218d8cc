using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers;

/// <summary>Every rule's descriptor, one line each; the pages behind the help links say the rest.</summary>
internal static partial class Descriptors
{
    private const string Pages = "https://github.com/agenttrace/agenttrace/blob/main/docs/rules/";

    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity severity, string title, string message, bool atEnd = false) => new(
        id, title, message, category, severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md", customTags: atEnd ? [WellKnownDiagnosticTags.CompilationEnd] : []);
}
