using System.Collections.Immutable;
using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1007: an agent's chat client is traced under another name than the agent: each turn becomes two turns of two agents.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientHasOtherNameRule() : AgentTraceRule(Descriptors.AGT1007_ClientHasOtherName)
{
    /// <summary>The agent's name, in the diagnostic's properties.</summary>
    internal const string AgentName = "name";

    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.Framework.ChatClientAgent is not null && frameworks.Sdk.ChatClients is not null;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.ObjectCreation, OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        if (AgentCreation.Of(context.Operation, frameworks) is not { ConstantName: { } name, Client: { } client } || WrapOf(client, context.CancellationToken) is not { } wrap
            || wrap.TargetMethod.Name != "WithAgentTrace" || !wrap.TargetMethod.ContainingType.Same(frameworks.Sdk.ChatClients)
            || wrap.Arguments.FirstOrDefault(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_String)?.Value is not { } given
            || given.ConstantValue is not { HasValue: true, Value: string other } || other == name)
            return;
        IOperation place = client is ILocalReferenceOperation ? client : given;
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.AGT1007_ClientHasOtherName, place.Syntax.GetLocation(), [given.Syntax.GetLocation()],
            ImmutableDictionary<string, string?>.Empty.Add(AgentName, name), other, name));
    }

    /// <summary>The call that made the client: in place, or the value of a variable that nothing else is put into.</summary>
    private static IInvocationOperation? WrapOf(IOperation client, CancellationToken cancellationToken)
    {
        if (client is not ILocalReferenceOperation { Local: var local })
            return client as IInvocationOperation;
        if (local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not { } declared
            || client.SemanticModel?.GetOperation(declared, cancellationToken) is not IVariableDeclaratorOperation { Initializer.Value: { } value } variable)
            return null;
        IOperation root = variable;
        while (root.Parent is { } parent)
            root = parent;
        bool changes = root.Descendants().OfType<IAssignmentOperation>().Any(set => set.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local));
        return changes ? null : AgentCreation.Unwrap(value) as IInvocationOperation;
    }
}
