using System.Globalization;
using System.Text.Json;
using AgentTrace.Probe.Circuits;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Says how large a circuit is and how well it does its task.</summary>
internal static class CircuitReport
{
    public static string ToText(Circuit circuit) => string.Create(CultureInfo.InvariantCulture, $"""
        {TerminalText.Line(circuit.Task)}: {circuit.Nodes.Count} nodes, {circuit.Edges.Count} edges ({circuit.EdgesBeforeCleanUp} before the clean-up)
          circuit    loss {circuit.Score.Loss:F3}, right {circuit.Score.Accuracy:P0} (uncalibrated {circuit.Score.RawAccuracy:P0})
          held out   loss {circuit.HeldOut.Loss:F3}, right {circuit.HeldOut.Accuracy:P0}
          the model  loss {circuit.WholeModel.Loss:F3}, right {circuit.WholeModel.Accuracy:P0}
          without it loss {circuit.WithoutCircuit.Loss:F3}, right {circuit.WithoutCircuit.Accuracy:P0} (chance: loss {Math.Log(2):F3})
        """);

    public static string ToJson(Circuit circuit) => JsonOutput.Write(json => Members(json, circuit));

    public static void Members(Utf8JsonWriter json, Circuit circuit)
    {
        json.WriteString("task", circuit.Task);
        json.WriteString("model", circuit.ModelHash);
        json.WriteNumber("targetLoss", circuit.TargetLoss);
        json.WriteNumber("nodes", circuit.Nodes.Count);
        json.WriteNumber("edges", circuit.Edges.Count);
        json.WriteNumber("edgesBeforeCleanUp", circuit.EdgesBeforeCleanUp);
        Score(json, "circuit", circuit.Score);
        Score(json, "heldOut", circuit.HeldOut);
        Score(json, "wholeModel", circuit.WholeModel);
        Score(json, "withoutCircuit", circuit.WithoutCircuit);
    }

    private static void Score(Utf8JsonWriter json, string name, CircuitScore score)
    {
        json.WriteStartObject(name);
        json.WriteNumber("loss", Math.Round(score.Loss, 4));
        json.WriteNumber("accuracy", Math.Round(score.Accuracy, 4));
        json.WriteNumber("rawAccuracy", Math.Round(score.RawAccuracy, 4));
        json.WriteEndObject();
    }
}
