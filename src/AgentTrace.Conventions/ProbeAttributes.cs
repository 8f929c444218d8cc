namespace AgentTrace.Conventions;

/// <summary>Names of the spans and attributes in which a probe writes, under an agent's turn, which part of a circuit fired on what the agent said.</summary>
public static class ProbeAttributes
{
    /// <summary>First word of a probe's span; the task is the second.</summary>
    public const string ProbeSpan = "probe";

    /// <summary>First word of the span of a circuit's active node; the node's name is the second.</summary>
    public const string NodeSpan = "circuit_node";

    /// <summary>The circuit's task, for example <c>single_double_quote</c>.</summary>
    public const string Task = "agenttrace.probe.task";

    /// <summary>The likelier of the task's two answers.</summary>
    public const string Prediction = "agenttrace.probe.prediction";

    /// <summary>Calibrated probability of the prediction, 0.5..1.</summary>
    public const string Probability = "agenttrace.probe.probability";

    /// <summary>The answer that the text has; absent where it has none.</summary>
    public const string Answer = "agenttrace.probe.answer";

    /// <summary>Cross-entropy of the answer, nats; absent where there is none.</summary>
    public const string Loss = "agenttrace.probe.loss";

    /// <summary>By how many nats the loss is above the entropy of the prediction; absent where there is no answer.</summary>
    public const string Surprise = "agenttrace.probe.surprise";

    /// <summary>Texts that were not read since the last probe's span because the queue was full (integer); absent when none.</summary>
    public const string Dropped = "agenttrace.probe.dropped";

    /// <summary>What identifies the model's weights.</summary>
    public const string ModelHash = "agenttrace.probe.model.hash";

    /// <summary>What identifies the circuit: its nodes and edges in that model.</summary>
    public const string CircuitHash = "agenttrace.circuit.hash";

    /// <summary>Number of the circuit's nodes (integer).</summary>
    public const string CircuitNodes = "agenttrace.circuit.nodes";

    /// <summary>Number of the circuit's edges: nonzero weights between its nodes (integer).</summary>
    public const string CircuitEdges = "agenttrace.circuit.edges";

    /// <summary>Number of active nodes that got no span of their own (integer); absent when none.</summary>
    public const string NodesNotShown = "agenttrace.circuit.nodes.not_shown";

    /// <summary>A node's name: <c>layer.site.index</c>.</summary>
    public const string Node = "agenttrace.circuit.node";

    /// <summary>A node's 0-based layer (integer).</summary>
    public const string NodeLayer = "agenttrace.circuit.node.layer";

    /// <summary>A node's site, for example <c>mlp_neuron</c>.</summary>
    public const string NodeSite = "agenttrace.circuit.node.site";

    /// <summary>A node's 0-based channel of its site (integer).</summary>
    public const string NodeIndex = "agenttrace.circuit.node.index";

    /// <summary>0-based token, of those read, at which the node was farthest from its mean (integer).</summary>
    public const string NodeToken = "agenttrace.circuit.node.token";

    /// <summary>A node's activation at that token.</summary>
    public const string NodeActivation = "agenttrace.circuit.node.activation";

    /// <summary>A node's mean over the corpus.</summary>
    public const string NodeMean = "agenttrace.circuit.node.mean";

    /// <summary>By how much the two answers' logit difference falls without the node.</summary>
    public const string NodeContribution = "agenttrace.circuit.node.contribution";

    /// <summary>What fed the node, the strongest first: <c>node weight flow</c> (array of strings; the first eight).</summary>
    public const string NodeFedBy = "agenttrace.circuit.node.fed_by";
}
