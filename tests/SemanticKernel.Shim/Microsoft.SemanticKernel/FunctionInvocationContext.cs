namespace Microsoft.SemanticKernel;

/// <summary>What a function filter sees.</summary>
public class FunctionInvocationContext
{
    internal FunctionInvocationContext(Kernel kernel, KernelFunction function, KernelArguments arguments, FunctionResult result)
    {
        Kernel = kernel;
        Function = function;
        Arguments = arguments;
        Result = result;
    }

    public CancellationToken CancellationToken { get; init; }

    public bool IsStreaming { get; init; }

    public Kernel Kernel { get; }

    public KernelFunction Function { get; }

    public KernelArguments Arguments { get; }

    public FunctionResult Result { get; set; }
}
