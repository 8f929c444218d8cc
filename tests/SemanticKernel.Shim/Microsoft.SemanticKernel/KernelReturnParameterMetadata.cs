namespace Microsoft.SemanticKernel;

/// <summary>What a function returns.</summary>
public sealed class KernelReturnParameterMetadata
{
    [System.Diagnostics.CodeAnalysis.AllowNull]
    public string Description
    {
        get;
        set => field = value ?? "";
    } = "";

    public Type? ParameterType { get; set; }
}
