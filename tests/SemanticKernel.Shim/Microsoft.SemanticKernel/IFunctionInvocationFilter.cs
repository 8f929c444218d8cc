namespace Microsoft.SemanticKernel;

/// <summary>Stands around every function.</summary>
public interface IFunctionInvocationFilter
{
    Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next);
}
