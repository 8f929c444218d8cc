namespace Microsoft.SemanticKernel;

/// <summary>Stands around the rendering of a prompt.</summary>
public interface IPromptRenderFilter
{
    Task OnPromptRenderAsync(PromptRenderContext context, Func<PromptRenderContext, Task> next);
}
