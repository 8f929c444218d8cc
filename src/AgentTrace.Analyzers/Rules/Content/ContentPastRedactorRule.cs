using AgentTrace.Analyzers.Frameworks;
using AgentTrace.Analyzers.Operations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Rules.Content;

/// <summary>AGT2001: content that no redactor sees, or one that does nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ContentPastRedactorRule() : AgentTraceRule(Descriptors.AGT2001_ContentPastRedactor)
{
    private protected override bool Concerns(AgentFrameworks frameworks) => frameworks.Capture.Options is not null && !frameworks.IsTests;

    private protected override void Register(CompilationStartAnalysisContext context, AgentFrameworks frameworks) =>
        context.RegisterOperationAction(operation => Check(operation, frameworks.Capture), OperationKind.SimpleAssignment);

    private static void Check(OperationAnalysisContext context, CaptureSymbols capture)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property })
            return;
        string? leak = property.Name switch
        {
            "EnableSensitiveData" when property.ContainingType.Is(capture.TracedChats) || property.ContainingType.Is(capture.TracedAgents) => OfSensitiveData(assignment, context.ContainingSymbol),
            "Redactor" when property.ContainingType.Is(capture.Options) => OfRedactor(assignment.Value.Inner(), capture, context.CancellationToken),
            _ => null,
        };
        if (leak is not null)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.AGT2001_ContentPastRedactor, assignment.Syntax.GetLocation(), leak));
    }

    /// <summary>Spans of the frameworks' default sources are held to our switch and redactor; those of others are left alone.</summary>
    private static string? OfSensitiveData(ISimpleAssignmentOperation assignment, ISymbol containing)
    {
        if (assignment.Value.ConstantValue is not { HasValue: true, Value: true } || SourceAround(assignment) is not { } source || CaptureSymbols.IsNormalized(source) || assignment.IsGuarded(containing))
            return null;
        return $"the spans of source '{source}' carry them as they are. Leave the source its default name, which AgentTrace knows, or leave this off";
    }

    /// <summary>The constant name given to the client or agent whose property is set: in the call that configures it, or in its constructor.</summary>
    private static string? SourceAround(ISimpleAssignmentOperation assignment)
    {
        for (IOperation? around = assignment.Parent; around is not null; around = around.Parent)
        {
            IArgumentOperation? source = around switch
            {
                IInvocationOperation { TargetMethod.Name: "UseOpenTelemetry" } call => call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "sourceName"),
                IObjectCreationOperation creation => creation.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "sourceName"),
                _ => null,
            };
            if (source is not null)
                return source.Value.ConstantValue is { HasValue: true, Value: string name } ? name : null;
        }

        return null;
    }

    private static string? OfRedactor(IOperation value, CaptureSymbols capture, CancellationToken cancellationToken)
    {
        if (value.ConstantValue is { HasValue: true, Value: null })
            return "there is none, and the options refuse to be without. Leave the default, a SecretRedactor";
        if (value.Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type || capture.Redactor?.GetMembers("Redact").FirstOrDefault() is not { } redact)
            return null;
        return type.FindImplementationForInterfaceMember(redact) is IMethodSymbol { DeclaringSyntaxReferences.IsEmpty: false } method
            && method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken) is MethodDeclarationSyntax body && GivesBack(body, method.Parameters[0].Name)
            ? $"{type.Name} gives every text back as it is. Leave the default, a SecretRedactor"
            : null;
    }

    // The method may stand in another file, whose meaning a rule must not ask for; a lone name needs none.
    private static bool GivesBack(MethodDeclarationSyntax method, string parameter)
    {
        ExpressionSyntax? result = method.ExpressionBody?.Expression ?? (method.Body?.Statements.FirstOrDefault() as ReturnStatementSyntax)?.Expression;
        return result is IdentifierNameSyntax { Identifier.ValueText: var name } && name == parameter;
    }
}
