namespace AgentTrace.Probe.Model.Passes;

/// <summary>The masks of all sites of all layers.</summary>
internal sealed class NodeMasks(TransformerConfig config)
{
    public static readonly CircuitSite[] Sites = Enum.GetValues<CircuitSite>();

    private readonly NodeMask[] _masks = [.. from layer in Enumerable.Range(0, config.LayerCount) from site in Sites select new NodeMask(Channels(config, site))];

    public NodeMask this[int layer, CircuitSite site] => _masks[(layer * Sites.Length) + (int)site];

    public IReadOnlyList<NodeMask> All => _masks;

    /// <summary>Number of nodes.</summary>
    public int Count => _masks.Sum(mask => mask.Channels);

    public static int Channels(TransformerConfig config, CircuitSite site) => site switch
    {
        CircuitSite.AttentionIn or CircuitSite.MlpIn => config.ReadWidth,
        CircuitSite.Query or CircuitSite.Key or CircuitSite.Value => config.AttentionWidth,
        CircuitSite.Neuron => config.Neurons,
        _ => config.Width,
    };

    public void ClearGradients()
    {
        foreach (NodeMask mask in _masks)
            Array.Clear(mask.Gradient);
    }
}
