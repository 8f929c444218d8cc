using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel;

/// <summary>Reads <c>{{$name}}</c>, the only part of the language this shim has.</summary>
public sealed class KernelPromptTemplateFactory : IPromptTemplateFactory
{
    public KernelPromptTemplateFactory(ILoggerFactory? loggerFactory = null)
    {
    }

    public bool AllowDangerouslySetContent { get; init; }

    public bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result)
    {
        ArgumentNullException.ThrowIfNull(templateConfig);
        result = templateConfig.TemplateFormat == PromptTemplateConfig.SemanticKernelTemplateFormat
            ? new KernelPromptTemplate(templateConfig.Template)
            : null;
        return result is not null;
    }
}
