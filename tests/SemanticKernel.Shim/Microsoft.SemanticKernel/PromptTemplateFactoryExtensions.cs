namespace Microsoft.SemanticKernel;

/// <summary>A template, or an exception that says why not.</summary>
public static class PromptTemplateFactoryExtensions
{
    public static IPromptTemplate Create(this IPromptTemplateFactory factory, PromptTemplateConfig templateConfig)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(templateConfig);
        return factory.TryCreate(templateConfig, out IPromptTemplate? template)
            ? template
            : throw new KernelException($"Prompt template format {templateConfig.TemplateFormat} is not supported.");
    }
}
