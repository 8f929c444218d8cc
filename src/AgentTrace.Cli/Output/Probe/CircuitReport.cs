using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentTrace.Probe.Circuits;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Shows a circuit's figures, and the circuit itself.</summary>
internal static class CircuitReport
{
    public static void Figures(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteNumber("nodes", circuit.Nodes.Count);
        json.WriteNumber("edges", circuit.Edges.Count);
        json.WriteNumber("edgesBeforeCleanUp", circuit.EdgesBeforeCleanUp);
        json.WriteNumber("targetLoss", circuit.TargetLoss);
        Score(json, "decidedOn", circuit.Score);
        Score(json, "heldOut", circuit.HeldOut);
        Score(json, "wholeModel", circuit.WholeModel);
        Score(json, "withoutCircuit", circuit.WithoutCircuit);
    }

    public static string ToJson(Circuit circuit) => JsonOutput.Write(json =>
    {
        json.WriteString("task", circuit.Task);
        Figures(json, circuit);
    });

    public static string ToText(Circuit circuit)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{circuit.Task}: {circuit.Nodes.Count} nodes, {circuit.Edges.Count} edges ({circuit.EdgesBeforeCleanUp} before single nodes were dropped)\n");
        Line(text, "circuit", circuit.Score);
        Line(text, "circuit, held-out", circuit.HeldOut);
        Line(text, "whole model", circuit.WholeModel);
        Line(text, "without circuit", circuit.WithoutCircuit);
        foreach ((CircuitEdge edge, int i) in circuit.Edges.Select((edge, i) => (edge, i)))
            text.Append(CultureInfo.InvariantCulture, $"  {Name(edge.From)} -> {Name(edge.To)}  weight {edge.Weight:F3}{Importance(circuit.EdgeImportances, i)}\n");
        foreach ((CircuitNode node, int i) in circuit.Nodes.Select((node, i) => (node, i)))
            text.Append(CultureInfo.InvariantCulture, $"  {Name(node)}  mean {circuit.NodeMeans[i]:F3}{Importance(circuit.NodeImportances, i)}\n");
        return text.ToString().TrimEnd();
    }

    public static string Name(CircuitNode node) => string.Create(CultureInfo.InvariantCulture, $"{node.Layer}.{char.ToLowerInvariant(node.Site.ToString()[0])}{node.Site.ToString()[1..]}.{node.Channel}");

    private static string Importance(IReadOnlyList<double> importances, int i) =>
        importances.Count > i ? string.Create(CultureInfo.InvariantCulture, $", loss without it {importances[i]:+0.000;-0.000}") : "";

    private static void Line(StringBuilder text, string name, CircuitScore score) =>
        text.Append(CultureInfo.InvariantCulture, $"  {name,-18} loss {score.Loss:F3}, accuracy {score.Accuracy:F3}, raw {score.RawAccuracy:F3}\n");

    private static void Score(Utf8JsonWriter json, string name, CircuitScore score)
    {
        json.WriteStartObject(name);
        json.WriteNumber("loss", score.Loss);
        json.WriteNumber("accuracy", score.Accuracy);
        json.WriteNumber("rawAccuracy", score.RawAccuracy);
        json.WriteEndObject();
    }
}
