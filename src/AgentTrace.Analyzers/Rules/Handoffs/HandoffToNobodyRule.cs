using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Handoffs;

/// <summary>AGT3005: a handoff from or to an agent that is no member of the orchestration, which throws when it is made or when it is invoked.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandoffToNobodyRule() : AgentTraceRule(Descriptors.AGT3005_HandoffToNobody)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.Handoffs.Orchestration is not null && !frameworks.IsTests;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks.Handoffs), OperationKind.ObjectCreation);

    private static void Check(OperationAnalysisContext context, HandoffSymbols symbols)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Arguments.IsEmpty || !creation.Type.Is(symbols.Orchestration))
            return;
        IOperation root = creation.Root();
        if (creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 1)?.Value.Inner() is not { } agents || MembersOf(agents, root) is not { } members)
            return;
        HashSet<string> reported = [];
        foreach (IOperation mention in MentionsIn(creation.Arguments.First(argument => argument.Parameter?.Ordinal == 0).Value.Inner(), root, symbols)
            .OrderBy(mention => mention.Syntax.SpanStart))
        {
            // A chain is read from its end, but an agent is reported where it is first named.
            if (HandoffMember.Of(mention, root) is not { } agent || !members.TrueForAll(agent.Differs) || (agent.Symbol?.Name ?? agent.Name) is not { } name || !reported.Add(name))
                continue;
            // An editor shows only what is within the operation it asked about.
            Location place = creation.Syntax.Span.Contains(mention.Syntax.Span) ? mention.Syntax.GetLocation() : creation.Syntax.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.AGT3005_HandoffToNobody, place, new[] { creation.Syntax.GetLocation(), mention.Syntax.GetLocation() }, name));
        }
    }

    /// <summary>The members; null when not all of them can be told.</summary>
    private static List<HandoffMember>? MembersOf(IOperation agents, IOperation root)
    {
        if (agents is ILocalReferenceOperation { Local: var local })
            agents = root.ValueOf(local) ?? agents;
        // Collection expressions have no operation of their own in the oldest compiler we run in.
        IEnumerable<IOperation>? values = agents is IArrayCreationOperation { Initializer: { } elements } ? elements.ElementValues
            : agents.Syntax is CollectionExpressionSyntax ? agents.ChildOperations
            : null;
        if (values is null)
            return null;
        List<HandoffMember> members = [];
        foreach (IOperation value in values)
        {
            if (HandoffMember.Of(value, root) is not { } member)
                return null;
            members.Add(member);
        }

        return members;
    }

    /// <summary>Every agent and name in the handoffs: from the chain of calls that makes them, and from later calls on their variable.</summary>
    private static IEnumerable<IOperation> MentionsIn(IOperation handoffs, IOperation root, HandoffSymbols symbols)
    {
        if (handoffs is ILocalReferenceOperation { Local: var local })
        {
            if (root.ValueOf(local) is not { } made)
                return [];
            IEnumerable<IOperation> later = root.UsesOf(local).SelectMany(use => ChainUpFrom(use, symbols));
            return MentionsInChain(made, symbols).Concat(later);
        }

        return MentionsInChain(handoffs, symbols);
    }

    private static IEnumerable<IOperation> MentionsInChain(IOperation? link, HandoffSymbols symbols)
    {
        while (link is not null)
        {
            switch (link.Inner())
            {
                case IInvocationOperation { TargetMethod: { Name: "Add", IsExtensionMethod: true } method } add when method.ContainingType.Is(symbols.Additions):
                    foreach (IOperation mention in MentionsInCall(add))
                        yield return mention;
                    link = add.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value;
                    break;
                case IInvocationOperation { TargetMethod: { Name: "StartWith" } method } start when method.ContainingType.Is(symbols.Handoffs):
                    yield return start.Arguments[0].Value;
                    yield break;
                case IObjectCreationOperation { Arguments.Length: 1 } creation when creation.Type.Is(symbols.Handoffs):
                    yield return creation.Arguments[0].Value;
                    yield break;
                default:
                    yield break;
            }
        }
    }

    private static IEnumerable<IOperation> ChainUpFrom(IOperation use, HandoffSymbols symbols)
    {
        IOperation value = use.Outer();
        while (value.Parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.Name: "Add" } add } && add.TargetMethod.ContainingType.Is(symbols.Additions))
        {
            foreach (IOperation mention in MentionsInCall(add))
                yield return mention;
            value = add.Outer();
        }
    }

    // Source and target, but not the description that ends the call.
    private static IEnumerable<IOperation> MentionsInCall(IInvocationOperation add) => add.Arguments
        .Where(argument => argument.Parameter is { Ordinal: > 0, Name: not "description" })
        .SelectMany(argument => argument.Value.Inner() is IArrayCreationOperation { Initializer.ElementValues: var targets } ? targets.AsEnumerable() : new[] { argument.Value });
}
