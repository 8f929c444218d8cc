namespace Microsoft.SemanticKernel;

/// <summary>A template with its name and settings.</summary>
public sealed class PromptTemplateConfig
{
    public PromptTemplateConfig()
    {
    }

    public PromptTemplateConfig(string template) => Template = template;

    public static string SemanticKernelTemplateFormat => "semantic-kernel";

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string TemplateFormat { get; set; } = SemanticKernelTemplateFormat;

    public string Template { get; set; } = "";

    public Dictionary<string, PromptExecutionSettings> ExecutionSettings { get; set; } = [];

    public bool AllowDangerouslySetContent { get; set; }

    public PromptExecutionSettings? DefaultExecutionSettings => ExecutionSettings.GetValueOrDefault(
        PromptExecutionSettings.DefaultServiceId);

    public void AddExecutionSettings(PromptExecutionSettings settings, string? serviceId = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ExecutionSettings.Add(serviceId ?? settings.ServiceId ?? PromptExecutionSettings.DefaultServiceId, settings);
    }
}
