namespace Microsoft.SemanticKernel;

/// <summary>One parameter of a function.</summary>
public sealed class KernelParameterMetadata(string name)
{
    public string Name { get; set; } = name;

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public string Description
    {
        get;
        set => field = value ?? "";
    } = "";

    public object? DefaultValue { get; set; }

    public bool IsRequired { get; set; }

    public Type? ParameterType { get; set; }
}
