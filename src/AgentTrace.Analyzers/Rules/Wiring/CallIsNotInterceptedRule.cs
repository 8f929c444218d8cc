using System.Collections.Immutable;
using AgentTrace.Analyzers.Frameworks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Wiring;

/// <summary>AGT1002: a call of an agent that no interceptor can take the place of.</summary>
/// <remarks>What only the compiler can say, that it offers no interceptable location, is left to the generator (AGT9001).</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CallIsNotInterceptedRule() : AgentTraceRule(Descriptors.AGT1002_CallIsNotIntercepted)
{
    /// <summary>The key of the fix that applies, in the diagnostic's properties.</summary>
    internal const string FixKey = "fix";

    /// <summary>The fix: call the method in a lambda.</summary>
    internal const string LambdaFix = "lambda";

    /// <summary>The fix: make the type at the second location internal.</summary>
    internal const string InternalFix = "internal";

    private const string Interceptors = "build_property.AgentTraceInterceptors";

    private static readonly ImmutableDictionary<string, string?> s_none = ImmutableDictionary<string, string?>.Empty;

    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.HasAgents && frameworks.Sdk.Glue is not null;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks)
    {
        if (context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Interceptors, out string? interceptors) && interceptors == "false")
            return;
        var faces = new AgentInterfaces(context.Compilation, frameworks);
        context.RegisterOperationAction(operation => CheckCall(operation, frameworks, faces), OperationKind.Invocation);
        context.RegisterOperationAction(CheckMethodGroup, OperationKind.MethodReference);
        context.RegisterOperationAction(operation => CheckDynamic(operation, frameworks), OperationKind.DynamicInvocation);
    }

    private static void CheckCall(OperationAnalysisContext context, AgentFrameworks frameworks, AgentInterfaces faces)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        if (method.Name == "GetMethod")
        {
            CheckReflection(context, call, frameworks);
            return;
        }

        if (!CallKinds.MayBe(method.Name))
            return;
        if (CallKinds.Of(method) is null)
        {
            if (method.ContainingType.TypeKind == TypeKind.Interface && faces.StartsTurn(method, context.CancellationToken))
                Report(context, call, method, $"it is called through the interface {method.ContainingType.Name}");
        }
        else if (call.Instance?.Syntax is BaseExpressionSyntax)
        {
            // In an override, the turn is the call of the override itself, which is intercepted where it is made.
            if (context.ContainingSymbol is not IMethodSymbol around || CallKinds.Of(around) is null)
                Report(context, call, method, "a call by 'base.' cannot be intercepted");
        }
        else if (Reachability.Hidden(method) is { } hidden)
        {
            bool canBeInternal = hidden is { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences.Length: 1 };
            Report(context, call, method, Reachability.Why(hidden), canBeInternal ? InternalFix : null, canBeInternal ? hidden.DeclaringSyntaxReferences[0] : null);
        }
    }

    private static void CheckMethodGroup(OperationAnalysisContext context)
    {
        var reference = (IMethodReferenceOperation)context.Operation;
        if (CallKinds.Of(reference.Method) is null || reference.Parent is INameOfOperation)
            return;
        // The receiver of a lambda is looked at when it is called: only one that is the same then as now is safe to move.
        bool canBeLambda = reference.Parent is IDelegateCreationOperation && reference.Instance is ILocalReferenceOperation or IParameterReferenceOperation
            or IInstanceReferenceOperation or IFieldReferenceOperation { Field.IsReadOnly: true, Instance: null or IInstanceReferenceOperation };
        Report(context, reference, reference.Method, "it is passed on as a delegate", canBeLambda && reference.Instance!.Syntax is not BaseExpressionSyntax ? LambdaFix : null);
    }

    private static void CheckDynamic(OperationAnalysisContext context, AgentFrameworks frameworks)
    {
        if (((IDynamicInvocationOperation)context.Operation).Operation is IDynamicMemberReferenceOperation { Instance: { } receiver, MemberName: { } name }
            && CallKinds.MayBe(name) && DynamicAgents.TypeOf(receiver, frameworks, context.CancellationToken) is { } agent)
            Report(context, context.Operation, $"{agent.Name}.{name}", "it is bound at run time ('dynamic')");
    }

    private static void CheckReflection(OperationAnalysisContext context, IInvocationOperation call, AgentFrameworks frameworks)
    {
        if (!call.TargetMethod.ContainingType.Same(frameworks.Platform.Type) || call.Arguments.Length == 0
            || call.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: string name } || !CallKinds.MayBe(name))
            return;
        ITypeSymbol? type = call.Instance switch
        {
            ITypeOfOperation named => named.TypeOperand,
            IInvocationOperation { TargetMethod.Name: nameof(GetType), Instance: { } instance } => instance.Type,
            _ => null,
        };
        if (frameworks.IsAgent(type))
            Report(context, call, $"{type!.Name}.{name}", "it is called by reflection");
    }

    private static void Report(OperationAnalysisContext context, IOperation place, IMethodSymbol method, string reason, string? fix = null, SyntaxReference? other = null) =>
        Report(context, place, $"{method.ContainingType.Name}.{method.Name}", reason, fix, other);

    private static void Report(OperationAnalysisContext context, IOperation place, string what, string reason, string? fix = null, SyntaxReference? other = null) =>
        context.ReportDiagnostic(Diagnostic.Create(
            Descriptors.AGT1002_CallIsNotIntercepted, Places.Of(place), other is null ? [] : [Location.Create(other.SyntaxTree, other.Span)],
            fix is null ? s_none : s_none.Add(FixKey, fix), what, reason));
}
