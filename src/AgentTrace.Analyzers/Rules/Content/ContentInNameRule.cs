using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Content;

/// <summary>AGT2003: a secret or a message in the name of a span or an agent, or in baggage.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContentInNameRule() : AgentTraceRule(Descriptors.AGT2003_ContentInName)
{
    private const string SpanName = "a span's name", AgentName = "an agent's name", Baggage = "baggage that every service you call receives";

    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.RunsAgents;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks)
    {
        context.RegisterOperationAction(operation => CheckCall(operation, frameworks), OperationKind.Invocation);
        context.RegisterOperationAction(operation => CheckCreation(operation, frameworks), OperationKind.ObjectCreation);
        context.RegisterOperationAction(operation => CheckAssignment(operation, frameworks), OperationKind.SimpleAssignment);
    }

    private static void CheckCall(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        INamedTypeSymbol type = method.ContainingType;
        (string? place, string parameter) = method.Name switch
        {
            "StartActivity" or "CreateActivity" when type.Is(frameworks.Platform.ActivitySource) => (SpanName, "name"),
            "SetBaggage" or "AddBaggage" when type.Is(frameworks.Platform.Activity) || type.Is(frameworks.Platform.Baggage) => (Baggage, "value"),
            "Start" when type.Is(frameworks.Sdk.Run) => (SpanName, "name"),
            "Start" when type.Is(frameworks.Sdk.ToolCall) => (SpanName, "toolName"),
            "Start" when type.Is(frameworks.Sdk.Turn) => (AgentName, "agentName"),
            "WithAgentTrace" when type.Is(frameworks.Sdk.ChatClients) => (AgentName, "agentName"),
            "AsAIAgent" or "CreateAIAgent" when method.ReturnType.Is(frameworks.Framework.Agent) => (AgentName, "name"),
            _ => (null, ""),
        };
        if (place is not null)
            Check(context, call.Arguments, parameter, place, frameworks);
    }

    private static void CheckCreation(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        // By name first: every object that the app makes comes by here.
        switch (creation.Type?.Name)
        {
            case "ChatClientAgent" when creation.Type.Same(frameworks.Framework.ChatClientAgent):
                Check(context, creation.Arguments, "name", AgentName, frameworks);
                break;
            case "Activity" when creation.Type.Same(frameworks.Platform.Activity):
                Check(context, creation.Arguments, "operationName", SpanName, frameworks);
                break;
        }
    }

    private static void CheckAssignment(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property })
            return;
        string? place = property.Name switch
        {
            "DisplayName" when property.ContainingType.Is(frameworks.Platform.Activity) => SpanName,
            "Name" when property.ContainingType.Is(frameworks.Kernel.Agent) || property.ContainingType.Is(frameworks.Framework.ChatClientAgentOptions) => AgentName,
            _ => null,
        };
        if (place is not null)
            Report(context, assignment.Value, place, frameworks);
    }

    private static void Check(OperationAnalysisContext context, IEnumerable<IArgumentOperation> arguments, string parameter, string place, AgentFrameworks frameworks)
    {
        foreach (IArgumentOperation argument in arguments)
            if (argument.Parameter?.Name == parameter)
                Report(context, argument.Value, place, frameworks);
    }

    private static void Report(OperationAnalysisContext context, IOperation value, string place, AgentFrameworks frameworks)
    {
        if (PrivateText.In(value, frameworks.Messages) is { } found)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT2003_ContentInName, value.Syntax.GetLocation(), found, place));
    }
}
