using System.Globalization;
using AgentTrace.Probe.Circuits;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Shows edges against loss.</summary>
internal static class FrontierReport
{
    public static string ToText(string task, IReadOnlyList<FrontierPoint> points) => string.Join('\n',
        [$"{TerminalText.Line(task)}: target, and the circuit that reaches it", .. points.Select(Line)]);

    public static string ToJson(string task, IReadOnlyList<FrontierPoint> points) => JsonOutput.Write(json =>
    {
        json.WriteString("task", task);
        json.WriteStartArray("points");
        foreach (FrontierPoint point in points)
        {
            json.WriteStartObject();
            json.WriteNumber("target", point.TargetLoss);
            if (point.Circuit is { } circuit)
                CircuitReport.Members(json, circuit);
            else
                json.WriteString("reason", point.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Line(FrontierPoint point) => point.Circuit is { } circuit
        ? string.Create(CultureInfo.InvariantCulture, $"  {point.TargetLoss}  {circuit.Edges.Count} edges  {circuit.Nodes.Count} nodes  loss {circuit.Score.Loss:F4}  held out {circuit.HeldOut.Loss:F4}")
        : string.Create(CultureInfo.InvariantCulture, $"  {point.TargetLoss}  not reached: {point.Reason}");
}
