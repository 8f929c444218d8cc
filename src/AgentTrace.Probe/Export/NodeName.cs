using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Export;

/// <summary>How nodes are called for people: <c>layer.site.channel</c>, sites by their published names.</summary>
public static class NodeName
{
    /// <summary>A node's name, for example <c>0.mlp_neuron.17</c>.</summary>
    public static string Of(CircuitNode node) => $"{node.Layer}.{Of(node.Site)}.{node.Channel}";

    /// <summary>A site's published name, for example <c>attn_in</c>.</summary>
    public static string Of(CircuitSite site) => site switch
    {
        CircuitSite.AttentionIn => "attn_in",
        CircuitSite.Query => "attn_q",
        CircuitSite.Key => "attn_k",
        CircuitSite.Value => "attn_v",
        CircuitSite.AttentionOut => "attn_out",
        CircuitSite.MlpIn => "mlp_in",
        CircuitSite.Neuron => "mlp_neuron",
        _ => "mlp_out",
    };
}
