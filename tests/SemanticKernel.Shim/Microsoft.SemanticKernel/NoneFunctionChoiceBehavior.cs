namespace Microsoft.SemanticKernel;

/// <summary>The model sees the functions and may call none.</summary>
public sealed class NoneFunctionChoiceBehavior : FunctionChoiceBehavior
{
    private readonly IReadOnlyList<KernelFunction>? _functions;

    internal NoneFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, FunctionChoiceBehaviorOptions? options)
    {
        _functions = functions?.ToList();
        Options = options;
    }

    public FunctionChoiceBehaviorOptions? Options { get; set; }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        new(Options ?? new()) { Choice = FunctionChoice.None, Functions = Offered(_functions, context.Kernel), AutoInvoke = false };
}
