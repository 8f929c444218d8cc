using System.Globalization;
using System.Text;
using AgentTrace.Probe.Circuits;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Shows edges against loss.</summary>
internal static class FrontierReport
{
    public static string ToJson(IReadOnlyList<(string Task, IReadOnlyList<FrontierPoint> Points)> frontiers) => JsonOutput.Write(json =>
    {
        json.WriteStartArray("tasks");
        foreach ((string task, IReadOnlyList<FrontierPoint> points) in frontiers)
        {
            json.WriteStartObject();
            json.WriteString("task", task);
            json.WriteStartArray("points");
            foreach (FrontierPoint point in points)
            {
                json.WriteStartObject();
                json.WriteNumber("target", point.TargetLoss);
                if (point.Circuit is { } circuit)
                    CircuitReport.Figures(json, circuit);
                else
                    json.WriteString("reason", point.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static string ToText(IReadOnlyList<(string Task, IReadOnlyList<FrontierPoint> Points)> frontiers)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"task",-20} {"target",7} {"edges",6} {"nodes",6} {"loss",7} {"held-out",9} {"accuracy",9}\n");
        foreach ((string task, IReadOnlyList<FrontierPoint> points) in frontiers)
            foreach (FrontierPoint point in points)
                text.Append(point.Circuit is { } circuit
                    ? string.Create(CultureInfo.InvariantCulture,
                        $"{TerminalText.Line(task),-20} {point.TargetLoss,7} {circuit.Edges.Count,6} {circuit.Nodes.Count,6} {circuit.Score.Loss,7:F4} {circuit.HeldOut.Loss,9:F4} {circuit.HeldOut.Accuracy,9:F3}\n")
                    : string.Create(CultureInfo.InvariantCulture, $"{TerminalText.Line(task),-20} {point.TargetLoss,7} {TerminalText.Line(point.Reason!)}\n"));
        return text.ToString().TrimEnd();
    }
}
