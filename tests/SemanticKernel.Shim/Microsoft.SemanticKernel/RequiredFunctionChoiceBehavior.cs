namespace Microsoft.SemanticKernel;

/// <summary>The model must call one of the functions on the first request.</summary>
public sealed class RequiredFunctionChoiceBehavior : FunctionChoiceBehavior
{
    private readonly IReadOnlyList<KernelFunction>? _functions;
    private readonly bool _autoInvoke;

    internal RequiredFunctionChoiceBehavior(IEnumerable<KernelFunction>? functions, bool autoInvoke, FunctionChoiceBehaviorOptions? options)
    {
        _functions = functions?.ToList();
        _autoInvoke = autoInvoke;
        Options = options;
    }

    public FunctionChoiceBehaviorOptions? Options { get; set; }

    public override FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context) =>
        new(Options ?? new())
        {
            Choice = FunctionChoice.Required,
            Functions = context.RequestSequenceIndex > 0 ? null : Offered(_functions, context.Kernel),
            AutoInvoke = _autoInvoke,
        };
}
