namespace Microsoft.SemanticKernel;

/// <summary>Stands around every function a model asked for.</summary>
public interface IAutoFunctionInvocationFilter
{
    Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next);
}
