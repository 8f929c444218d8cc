using Microsoft.CodeAnalysis;
using static AgentTrace.Analyzers.Categories;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AgentTrace.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor AGT2001_ContentPastRedactor = Rule(
        "AGT2001", Content, Warning, "Content gets past the redactor", "Secrets in prompts and answers get past the redactor: {0}.");

    public static readonly DiagnosticDescriptor AGT2002_SensitiveSwitchOn = Rule(
        "AGT2002", Content, Warning, "A switch for sensitive telemetry is on in source", "'{0}' is switched on for every run of the app: {1}.");

    public static readonly DiagnosticDescriptor AGT2003_ContentInName = Rule(
        "AGT2003", Content, Warning, "A secret or a message is in a name or in baggage", "{0} goes into {1}, which neither CaptureContent nor the redactor reaches.");
}
