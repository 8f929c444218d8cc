namespace Microsoft.SemanticKernel;

/// <summary>Marks a method as a function of a plugin.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelFunctionAttribute : Attribute
{
    public KernelFunctionAttribute()
    {
    }

    public KernelFunctionAttribute(string? name) => Name = name;

    public string? Name { get; }
}
