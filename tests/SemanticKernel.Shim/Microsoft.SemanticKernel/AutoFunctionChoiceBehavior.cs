namespace Microsoft.SemanticKernel;

/// <summary>The model may call any of the functions.</summary>
public sealed class AutoFunctionChoiceBehavior : FunctionChoiceBehavior
{
    private readonly IReadOnlyList<KernelFunction>? _functions;

    internal AutoFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool autoInvoke, FunctionChoiceBehaviorOptions? options)
    {
        _functions = functions?.ToList();
        AutoInvoke = autoInvoke;
        Options = options;
    }

    public FunctionChoiceBehaviorOptions? Options { get; set; }

    internal bool AutoInvoke { get; }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        new(Options ?? new()) { Choice = FunctionChoice.Auto, Functions = Offered(_functions, context.Kernel), AutoInvoke = AutoInvoke };
}
