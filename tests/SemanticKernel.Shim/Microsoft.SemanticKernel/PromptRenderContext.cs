namespace Microsoft.SemanticKernel;

/// <summary>What a prompt filter sees.</summary>
public sealed class PromptRenderContext
{
    internal PromptRenderContext(Kernel kernel, KernelFunction function, KernelArguments arguments)
    {
        Kernel = kernel;
        Function = function;
        Arguments = arguments;
    }

    public CancellationToken CancellationToken { get; init; }

    public bool IsStreaming { get; init; }

    public Kernel Kernel { get; }

    public KernelFunction Function { get; }

    public KernelArguments Arguments { get; }

    public PromptExecutionSettings? ExecutionSettings { get; init; }

    public string? RenderedPrompt { get; set; }

    public FunctionResult? Result { get; set; }
}
