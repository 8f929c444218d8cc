using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Operations;

/// <summary>What only passes a value on: conversions, parentheses, <c>?.</c>, <c>ConfigureAwait</c>.</summary>
internal static class Passing
{
    /// <summary>The value inside of what only passes it on.</summary>
    public static IOperation Inner(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IConditionalAccessOperation access:
                    operation = access.WhenNotNull;
                    break;
                case IInvocationOperation call when PassedOn(call) is { } passed:
                    operation = passed;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>The value with all around it that only passes it on: whose parent says what becomes of it.</summary>
    public static IOperation Outer(this IOperation operation)
    {
        while (true)
        {
            IOperation? next = operation.Parent switch
            {
                IConversionOperation or IParenthesizedOperation => operation.Parent,
                IConditionalAccessOperation access when access.WhenNotNull == operation => access,
                IInvocationOperation call when PassedOn(call) == operation => call,
                // The receiver of an extension method is an argument.
                IArgumentOperation { Parent: IInvocationOperation call } when PassedOn(call) == operation => call,
                _ => null,
            };
            if (next is null)
                return operation;
            operation = next;
        }
    }

    private static IOperation? PassedOn(IInvocationOperation call) => call.TargetMethod.Name is not ("ConfigureAwait" or "WithCancellation") ? null
        : call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null);
}
