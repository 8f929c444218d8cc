using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Circuits;

/// <summary>Which nodes are kept, and by what the others are replaced.</summary>
internal sealed class NodeSet
{
    private readonly TransformerConfig _config;
    private readonly NodeMasks _means;
    private readonly bool[][] _kept;

    public NodeSet(TransformerConfig config, NodeMasks means)
    {
        (_config, _means) = (config, means);
        _kept = [.. from layer in Enumerable.Range(0, config.LayerCount) from site in NodeMasks.Sites select new bool[NodeMasks.Channels(config, site)]];
    }

    public int Count => _kept.Sum(channels => channels.Count(kept => kept));

    /// <summary>An edge that is taken away: its target gets the source's mean.</summary>
    public (CircuitNode From, CircuitNode To)? Cut { get; set; }

    public bool this[CircuitNode node]
    {
        get => Of(node.Layer, node.Site)[node.Channel];
        set => Of(node.Layer, node.Site)[node.Channel] = value;
    }

    public bool[] Of(int layer, CircuitSite site) => _kept[(layer * NodeMasks.Sites.Length) + (int)site];

    /// <summary>A set of the same model without nodes.</summary>
    public NodeSet Empty() => new(_config, _means);

    /// <summary>The source channel of the edge that is cut, if its target is this one; else -1.</summary>
    public int CutInto(int layer, CircuitSite site, int channel) => Cut is { } cut && cut.To == new CircuitNode(layer, site, channel) ? cut.From.Channel : -1;

    public float[] Mean(int layer, CircuitSite site) => _means[layer, site].Mean;

    public IEnumerable<CircuitNode> Nodes() =>
        from layer in Enumerable.Range(0, _config.LayerCount)
        from site in NodeMasks.Sites
        from channel in Enumerable.Range(0, NodeMasks.Channels(_config, site))
        where Of(layer, site)[channel]
        select new CircuitNode(layer, site, channel);

    /// <summary>Every node there is, whether kept or not.</summary>
    public static IEnumerable<CircuitNode> Every(TransformerConfig config) =>
        from layer in Enumerable.Range(0, config.LayerCount)
        from site in NodeMasks.Sites
        from channel in Enumerable.Range(0, NodeMasks.Channels(config, site))
        select new CircuitNode(layer, site, channel);
}
