namespace Microsoft.SemanticKernel.Services;

/// <summary>Any model service of a kernel.</summary>
public interface IAIService
{
    IReadOnlyDictionary<string, object?> Attributes { get; }
}
