using System.Globalization;
using AgentTrace.Probe.Surprise;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Says what a trace model was learned from, and how well it knows other runs.</summary>
internal static class TraceModelReport
{
    public static string ToText(TrainedTraceModel trained, string path) => string.Create(CultureInfo.InvariantCulture,
        $"{TerminalText.Line(path)}: trace model {trained.Model.Id} of {trained.Runs} runs, {trained.Model.Model.Nonzeros} nonzero weights, {trained.Steps} steps; runs left out took {trained.LeftOutLoss:F3} nats an event");

    public static string ToJson(TrainedTraceModel trained, string path) => JsonOutput.Write(json =>
    {
        json.WriteString("file", path);
        json.WriteString("model", trained.Model.Id);
        json.WriteNumber("runs", trained.Runs);
        json.WriteNumber("width", trained.Model.Model.Config.Width);
        json.WriteNumber("nonzeros", trained.Model.Model.Nonzeros);
        json.WriteNumber("steps", trained.Steps);
        json.WriteNumber("leftOutLoss", Math.Round(trained.LeftOutLoss, 4));
    });
}
