namespace Microsoft.SemanticKernel;

/// <summary>What is said of a function before it is called.</summary>
public sealed class KernelFunctionMetadata
{
    public KernelFunctionMetadata(string name) => Name = name;

    public KernelFunctionMetadata(KernelFunctionMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        Name = metadata.Name;
        PluginName = metadata.PluginName;
        Description = metadata.Description;
        Parameters = metadata.Parameters;
        ReturnParameter = metadata.ReturnParameter;
    }

    public string Name { get; set; }

    public string? PluginName { get; set; }

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public string Description
    {
        get;
        set => field = value ?? "";
    } = "";

    public IReadOnlyList<KernelParameterMetadata> Parameters { get; set; } = [];

    public KernelReturnParameterMetadata ReturnParameter { get; set; } = new();
}
