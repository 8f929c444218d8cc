using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel;

/// <summary>Makes functions of methods and of prompts.</summary>
public static class KernelFunctionFactory
{
    public static KernelFunction CreateFromMethod(
        Delegate method,
        string? functionName = null,
        string? description = null,
        IEnumerable<KernelParameterMetadata>? parameters = null,
        KernelReturnParameterMetadata? returnParameter = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        return CreateFromMethod(method.Method, method.Target, functionName, description, parameters, returnParameter, loggerFactory);
    }

    public static KernelFunction CreateFromMethod(
        MethodInfo method,
        object? target = null,
        string? functionName = null,
        string? description = null,
        IEnumerable<KernelParameterMetadata>? parameters = null,
        KernelReturnParameterMetadata? returnParameter = null,
        ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        KernelFunctionMetadata metadata = MethodReading.Metadata(method, functionName, description, parameters, returnParameter);
        return new KernelFunctionFromMethod(metadata, method, target);
    }

    public static KernelFunction CreateFromPrompt(
        string promptTemplate,
        PromptExecutionSettings? executionSettings = null,
        string? functionName = null,
        string? description = null,
        string? templateFormat = null,
        IPromptTemplateFactory? promptTemplateFactory = null,
        ILoggerFactory? loggerFactory = null)
    {
        PromptTemplateConfig config = new(promptTemplate) { Name = functionName, Description = description };
        if (templateFormat is not null)
            config.TemplateFormat = templateFormat;
        if (executionSettings is not null)
            config.AddExecutionSettings(executionSettings);
        return CreateFromPrompt(config, promptTemplateFactory, loggerFactory);
    }

    public static KernelFunction CreateFromPrompt(
        PromptTemplateConfig promptConfig, IPromptTemplateFactory? promptTemplateFactory = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(promptConfig);
        IPromptTemplateFactory factory = promptTemplateFactory ?? new KernelPromptTemplateFactory(loggerFactory);
        KernelFunctionMetadata metadata = new(promptConfig.Name ?? $"func{Guid.NewGuid():N}") { Description = promptConfig.Description };
        return new KernelFunctionFromPrompt(metadata, factory.Create(promptConfig), promptConfig.ExecutionSettings);
    }
}
