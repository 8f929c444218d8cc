namespace Microsoft.SemanticKernel;

/// <summary>Which functions a model is offered, and whether its calls are invoked for the caller.</summary>
public abstract class FunctionChoiceBehavior
{
    private protected FunctionChoiceBehavior()
    {
    }

    public static FunctionChoiceBehavior Auto(
        IEnumerable<KernelFunction>? functions = null, bool autoInvoke = true, FunctionChoiceBehaviorOptions? options = null) =>
        new AutoFunctionChoiceBehavior(functions, autoInvoke, options);

    public static FunctionChoiceBehavior Required(
        IEnumerable<KernelFunction>? functions = null, bool autoInvoke = true, FunctionChoiceBehaviorOptions? options = null) =>
        new RequiredFunctionChoiceBehavior(functions, autoInvoke, options);

    public static FunctionChoiceBehavior None(
        IEnumerable<KernelFunction>? functions = null, FunctionChoiceBehaviorOptions? options = null) =>
        new NoneFunctionChoiceBehavior(functions, options);

    public abstract FunctionChoiceBehaviorConfiguration GetConfiguration(FunctionChoiceBehaviorConfigurationContext context);

    private protected static IReadOnlyList<KernelFunction>? Offered(IReadOnlyList<KernelFunction>? functions, Kernel? kernel) =>
        functions ?? kernel?.Plugins.SelectMany(plugin => plugin).ToList();
}
