using System.Buffers.Binary;
using System.Text.Json.Serialization;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits;

/// <summary>A circuit as its file has it: edges name their nodes by place.</summary>
internal sealed record CircuitDocument
{
    private const string FormatName = "agenttrace-circuit-1";

    public required string Format { get; init; }

    public required string Task { get; init; }

    public required string Model { get; init; }

    public required int First { get; init; }

    public required int Second { get; init; }

    public required double TargetLoss { get; init; }

    public required CircuitScore Score { get; init; }

    public required CircuitScore HeldOut { get; init; }

    public required CircuitScore WholeModel { get; init; }

    public required CircuitScore WithoutCircuit { get; init; }

    public required Calibration Calibration { get; init; }

    public required int EdgesBeforeCleanUp { get; init; }

    public required IReadOnlyList<NodeEntry> Nodes { get; init; }

    public required IReadOnlyList<EdgeEntry> Edges { get; init; }

    /// <summary>Little-endian float32, base64: thousands of numbers that nobody reads.</summary>
    public required byte[] Means { get; init; }

    public static CircuitDocument Of(Circuit circuit)
    {
        var places = circuit.Nodes.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i);
        return new CircuitDocument
        {
            Format = FormatName,
            Task = circuit.Task,
            Model = circuit.ModelHash,
            First = circuit.First,
            Second = circuit.Second,
            TargetLoss = circuit.TargetLoss,
            Score = circuit.Score,
            HeldOut = circuit.HeldOut,
            WholeModel = circuit.WholeModel,
            WithoutCircuit = circuit.WithoutCircuit,
            Calibration = circuit.Calibration,
            EdgesBeforeCleanUp = circuit.EdgesBeforeCleanUp,
            Nodes = [.. circuit.Nodes.Select((node, i) => new NodeEntry(node.Layer, node.Site, node.Channel, circuit.NodeMeans[i], At(circuit.NodeImportances, i)))],
            Edges = [.. circuit.Edges.Select((edge, i) => new EdgeEntry(places[edge.From], places[edge.To], edge.Weight, At(circuit.EdgeImportances, i)))],
            Means = Bytes([.. circuit.Means]),
        };
    }

    public Circuit ToCircuit()
    {
        if (Format != FormatName)
            throw new FormatException($"its format is {Format}; expected {FormatName}");
        if (Task is null || Model is null || Nodes is null || Edges is null || Means is null)
            throw new FormatException("a member is null");
        if (Nodes.Any(node => node is null || !float.IsFinite(node.Mean)) || Edges.Any(edge => edge is null || !float.IsFinite(edge.Weight)))
            throw new FormatException("a node or edge is missing, or not finite");
        if (Edges.FirstOrDefault(edge => edge.From < 0 || edge.From >= Nodes.Count || edge.To < 0 || edge.To >= Nodes.Count) is { } off)
            throw new FormatException($"an edge goes from node {off.From} to node {off.To}, and there are {Nodes.Count}");
        CircuitNode[] nodes = [.. Nodes.Select(node => new CircuitNode(node.Layer, node.Site, node.Channel))];
        if (nodes.Distinct().Count() != nodes.Length)
            throw new FormatException("a node stands there twice");
        return new Circuit
        {
            Task = Task,
            ModelHash = Model,
            First = First,
            Second = Second,
            Means = Floats(Means),
            TargetLoss = TargetLoss,
            Score = Score,
            HeldOut = HeldOut,
            WholeModel = WholeModel,
            WithoutCircuit = WithoutCircuit,
            Calibration = Calibration,
            EdgesBeforeCleanUp = EdgesBeforeCleanUp,
            Nodes = nodes,
            NodeMeans = [.. Nodes.Select(node => node.Mean)],
            NodeImportances = Nodes.All(node => node.Importance is not null) ? [.. Nodes.Select(node => node.Importance!.Value)] : [],
            Edges = [.. Edges.Select(edge => new CircuitEdge(nodes[edge.From], nodes[edge.To], edge.Weight))],
            EdgeImportances = Edges.All(edge => edge.Importance is not null) ? [.. Edges.Select(edge => edge.Importance!.Value)] : [],
        };
    }

    private static byte[] Bytes(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return bytes;
    }

    private static float[] Floats(byte[] bytes)
    {
        float[] values = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return values;
    }

    private static double? At(IReadOnlyList<double> values, int i) => values.Count > i ? values[i] : null;

    internal sealed record NodeEntry(int Layer, CircuitSite Site, int Channel, float Mean, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Importance);

    internal sealed record EdgeEntry(int From, int To, float Weight, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Importance);
}
