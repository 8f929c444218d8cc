namespace Microsoft.SemanticKernel;

/// <summary>A prompt with places for arguments.</summary>
public interface IPromptTemplate
{
    Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default);
}
