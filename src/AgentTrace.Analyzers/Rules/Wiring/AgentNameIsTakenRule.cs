using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1004: two agents that live side by side have one name.</summary>
/// <remarks>Side by side is: made in the same block of statements, or in two fields of one type. Looked for from the second agent backwards, so no state is kept.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AgentNameIsTakenRule() : AgentTraceRule(Descriptors.AGT1004_AgentNameIsTaken)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.HasAgents && !frameworks.IsTests;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks), OperationKind.ObjectCreation, OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        if (AgentCreation.Of(context.Operation, frameworks) is not { ConstantName: { } name } made)
            return;
        IOperation scope = ScopeOf(made.Operation);
        IEnumerable<AgentCreation> others = scope is IFieldInitializerOperation or IPropertyInitializerOperation
            ? OtherFields(context, frameworks)
            : scope.Descendants().Select(other => AgentCreation.Of(other, frameworks)).OfType<AgentCreation>().Where(other => ScopeOf(other.Operation) == scope);
        AgentCreation? first = others.FirstOrDefault(other =>
            other.ConstantName == name && other.Operation.Syntax.SpanStart < made.Operation.Syntax.SpanStart && !PutInSamePlace(other.Operation, made.Operation));
        if (first is not null)
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.AGT1004_AgentNameIsTaken, made.Name!.Syntax.GetLocation(), [first.Name!.Syntax.GetLocation()], name, Line(first.Name.Syntax)));
    }

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>The innermost thing of which both agents would have to be part to exist together: alternatives and other functions end it.</summary>
    private static IOperation ScopeOf(IOperation operation)
    {
        for (; operation.Parent is { } parent; operation = parent)
            if (operation is IBlockOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or IFieldInitializerOperation or IPropertyInitializerOperation
                || parent is IConditionalOperation or ICoalesceOperation)
                return operation;
        return operation;
    }

    private static IEnumerable<AgentCreation> OtherFields(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        SyntaxNode own = context.Operation.Syntax;
        if (context.Operation.SemanticModel is not { } model || context.ContainingSymbol.ContainingType is not { } type)
            yield break;
        foreach (ISymbol member in type.GetMembers())
        {
            if (member is not (IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol) || SymbolEqualityComparer.Default.Equals(member, context.ContainingSymbol))
                continue;
            foreach (SyntaxReference place in member.DeclaringSyntaxReferences)
            {
                if (place.SyntaxTree != own.SyntaxTree || place.Span.Start > own.SpanStart || ValueOf(place.GetSyntax(context.CancellationToken)) is not { } value)
                    continue;
                if (model.GetOperation(value, context.CancellationToken) is { } operation && AgentCreation.Of(AgentCreation.Unwrap(operation), frameworks) is { } made)
                    yield return made;
            }
        }
    }

    private static ExpressionSyntax? ValueOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    /// <summary>Whether the second takes the first one's place: an agent that is made anew.</summary>
    private static bool PutInSamePlace(IOperation first, IOperation second) =>
        TargetOf(first) is { } target && SymbolEqualityComparer.Default.Equals(target, TargetOf(second));

    private static ISymbol? TargetOf(IOperation creation)
    {
        IOperation value = creation;
        while (value.Parent is IConversionOperation conversion)
            value = conversion;
        return value.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation variable } => variable.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
            ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } => member.Member,
            ICoalesceAssignmentOperation { Target: IMemberReferenceOperation member } => member.Member,
            _ => null,
        };
    }
}
