namespace Microsoft.SemanticKernel;

/// <summary>A model's request to call a function.</summary>
public sealed class FunctionCallContent : KernelContent
{
    public FunctionCallContent(string functionName, string? pluginName = null, string? id = null, KernelArguments? arguments = null)
    {
        ArgumentNullException.ThrowIfNull(functionName);
        FunctionName = functionName;
        PluginName = pluginName;
        Id = id;
        Arguments = arguments;
    }

    public string? Id { get; }

    public string? PluginName { get; }

    public string FunctionName { get; }

    public KernelArguments? Arguments { get; }

    public Exception? Exception { get; init; }

    public static IEnumerable<FunctionCallContent> GetFunctionCalls(ChatMessageContent messageContent)
    {
        ArgumentNullException.ThrowIfNull(messageContent);
        return messageContent.Items.OfType<FunctionCallContent>();
    }

    public async Task<FunctionResultContent> InvokeAsync(Kernel kernel, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (Exception is not null)
            throw Exception;
        KernelFunction function = kernel.Plugins.GetFunction(PluginName, FunctionName);
        return new FunctionResultContent(this, await function.InvokeAsync(kernel, Arguments, cancellationToken).ConfigureAwait(false));
    }
}
