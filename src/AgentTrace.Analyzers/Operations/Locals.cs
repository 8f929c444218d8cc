using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Operations;

/// <summary>What a method does with its local variables. A walk through the method: only for those that are suspect already.</summary>
internal static class Locals
{
    /// <summary>The outermost operation around: the body of the method.</summary>
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>The innermost lambda or local function around; the method's body where there is none.</summary>
    public static IOperation Function(this IOperation operation)
    {
        while (operation.Parent is { } parent && operation is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            operation = parent;
        return operation;
    }

    /// <summary>The places where <paramref name="local"/> is read or written after its declaration.</summary>
    public static IEnumerable<ILocalReferenceOperation> UsesOf(this IOperation root, ILocalSymbol local) => root.Descendants()
        .OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local));

    /// <summary>What a local is declared with; null when it has no value from the start, or gets another later.</summary>
    public static IOperation? ValueOf(this IOperation root, ILocalSymbol local)
    {
        IOperation? value = null;
        foreach (IOperation operation in root.Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                value = (declarator.Initializer ?? (declarator.Parent as IVariableDeclarationOperation)?.Initializer)?.Value.Inner();
            else if (operation is ILocalReferenceOperation use && IsWritten(use) && SymbolEqualityComparer.Default.Equals(use.Local, local))
                return null;
        }

        return value;
    }

    private static bool IsWritten(ILocalReferenceOperation use) => use.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == use,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or ITupleOperation => true,
        _ => false,
    };
}
