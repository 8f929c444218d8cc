using Microsoft.CodeAnalysis;
using static AgentTrace.Analyzers.Categories;
using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace AgentTrace.Analyzers;

internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor AGT1001_AppIsNotInstrumented = Rule(
        "AGT1001", Wiring, Warning, "The app's agents are not traced", "{0} is used, but nothing in this app calls AddAgentTraceInstrumentation(): no turn of any agent reaches a tracer provider", atEnd: true);

    public static readonly DiagnosticDescriptor AGT1002_CallIsNotIntercepted = Rule(
        "AGT1002", Wiring, Warning, "An agent call is not traced", "{0} is not traced here: {1}");

    public static readonly DiagnosticDescriptor AGT1003_AgentHasNoName = Rule(
        "AGT1003", Wiring, Warning, "An agent has no name", "This {0} has no name: its turns cannot be told from those of other agents. Set {1}.");

    public static readonly DiagnosticDescriptor AGT1004_AgentNameIsTaken = Rule(
        "AGT1004", Wiring, Warning, "Two agents have one name", "The name '{0}' is taken by the agent in line {1}: the turns of the two cannot be told apart");

    public static readonly DiagnosticDescriptor AGT1005_TracesGoNowhere = Rule(
        "AGT1005", Wiring, Warning, "Traces go nowhere", "Agents are traced, but {0}");

    public static readonly DiagnosticDescriptor AGT1006_SwitchIsSetTooLate = Rule(
        "AGT1006", Wiring, Warning, "Semantic Kernel's telemetry switch is set too late", "Semantic Kernel has read this switch when {0} was called in line {1}; set it before");

    public static readonly DiagnosticDescriptor AGT1007_ClientHasOtherName = Rule(
        "AGT1007", Wiring, Warning, "An agent's chat client is traced under another name", "The chat client is traced as '{0}' and given to the agent '{1}': each turn becomes two turns of two agents");

    public static readonly DiagnosticDescriptor AGT1008_RunHasNoOutcome = Rule(
        "AGT1008", Wiring, Info, "A run's outcome is not recorded", "Nothing here says how this run ended: call Succeed or Fail, so that a failed run is attributed");
}
