using Microsoft.CodeAnalysis;
using static AgentTrace.Analyzers.Categories;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AgentTrace.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor AGT3001_StreamNotRead = Rule(
        "AGT3001", Turns, Warning, "A streamed turn is not read", "{0}");

    public static readonly DiagnosticDescriptor AGT3002_TurnNotAwaited = Rule(
        "AGT3002", Turns, Warning, "An agent's turn is not awaited", "{0}");

    public static readonly DiagnosticDescriptor AGT3003_SpanNeverEnded = Rule(
        "AGT3003", Turns, Warning, "A span around an agent is never ended", "The span that '{0}' starts is never ended, so it is never exported and what comes later hangs under it. Dispose it: put it into a 'using'.");

    public static readonly DiagnosticDescriptor AGT3004_ToolHidesFailure = Rule(
        "AGT3004", Turns, Info, "A tool hides its failure", "The tool '{0}' catches its failure and answers with text: its span says that it went well. Let the exception through, or set the span's status before answering.");

    public static readonly DiagnosticDescriptor AGT3005_HandoffToNobody = Rule(
        "AGT3005", Turns, Warning, "A handoff speaks of an agent that is not there", "'{0}' is not among the members of the handoff orchestration. Add it to them, or take it out of the handoffs.");
}
