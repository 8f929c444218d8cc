using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel;

/// <summary>The plugins of a kernel.</summary>
public sealed class KernelPluginCollection : ICollection<KernelPlugin>, IReadOnlyKernelPluginCollection
{
    private readonly Dictionary<string, KernelPlugin> _plugins = new(StringComparer.OrdinalIgnoreCase);

    public KernelPluginCollection()
    {
    }

    public KernelPluginCollection(IEnumerable<KernelPlugin> plugins) => AddRange(plugins);

    public int Count => _plugins.Count;

    bool ICollection<KernelPlugin>.IsReadOnly => false;

    public KernelPlugin this[string name] => TryGetPlugin(name, out KernelPlugin? plugin)
        ? plugin
        : throw new KeyNotFoundException($"Plugin {name} not found.");

    public void Add(KernelPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        _plugins.Add(plugin.Name, plugin);
    }

    public void AddRange(IEnumerable<KernelPlugin> plugins)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        foreach (KernelPlugin plugin in plugins)
            Add(plugin);
    }

    public bool Remove(KernelPlugin plugin) => Contains(plugin) && _plugins.Remove(plugin.Name);

    public void Clear() => _plugins.Clear();

    public bool Contains(KernelPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return _plugins.TryGetValue(plugin.Name, out KernelPlugin? existing) && existing == plugin;
    }

    public bool TryGetPlugin(string name, [NotNullWhen(true)] out KernelPlugin? plugin) => _plugins.TryGetValue(name, out plugin);

    public IEnumerator<KernelPlugin> GetEnumerator() => _plugins.Values.GetEnumerator();

    void ICollection<KernelPlugin>.CopyTo(KernelPlugin[] array, int arrayIndex) => _plugins.Values.CopyTo(array, arrayIndex);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
