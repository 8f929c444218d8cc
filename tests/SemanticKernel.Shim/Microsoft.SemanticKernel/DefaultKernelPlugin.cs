using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel;

/// <summary>A plugin over given functions; each is cloned so that it knows the plugin's name.</summary>
internal sealed class DefaultKernelPlugin : KernelPlugin
{
    private readonly Dictionary<string, KernelFunction> _functions;

    public DefaultKernelPlugin(string name, string? description, IEnumerable<KernelFunction>? functions) : base(name, description) =>
        _functions = (functions ?? []).Select(function => function.Clone(name))
            .ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public override int FunctionCount => _functions.Count;

    public override bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function) =>
        _functions.TryGetValue(name, out function);

    public override IEnumerator<KernelFunction> GetEnumerator() => _functions.Values.GetEnumerator();
}
