using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>Named arguments of a function, and the settings of the service that runs it.</summary>
public sealed class KernelArguments : AIFunctionArguments
{
    public KernelArguments() : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public KernelArguments(PromptExecutionSettings? executionSettings) : this(executionSettings is null ? null : [executionSettings])
    {
    }

    public KernelArguments(IEnumerable<PromptExecutionSettings>? executionSettings) : base(StringComparer.OrdinalIgnoreCase) =>
        ExecutionSettings = executionSettings?.ToDictionary(settings => settings.ServiceId ?? PromptExecutionSettings.DefaultServiceId);

    public KernelArguments(IDictionary<string, object?> source, Dictionary<string, PromptExecutionSettings>? executionSettings = null)
        : base(source, StringComparer.OrdinalIgnoreCase) =>
        ExecutionSettings = executionSettings ?? (source as KernelArguments)?.ExecutionSettings;

    public IReadOnlyDictionary<string, PromptExecutionSettings>? ExecutionSettings { get; set; }

    public ICollection<string> Names => Keys;

    public bool ContainsName(string name) => ContainsKey(name);
}
