using Microsoft.CodeAnalysis;
using static AgentTrace.Analyzers.Categories;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AgentTrace.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor AGT1003_AgentHasNoName = Rule(
        "AGT1003", Wiring, Warning, "An agent has no name", "This {0} has no name: its turns cannot be told from those of other agents. Set {1}.");
}
