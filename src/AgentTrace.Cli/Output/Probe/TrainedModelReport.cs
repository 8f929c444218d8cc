using System.Globalization;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>Says what a training made.</summary>
internal static class TrainedModelReport
{
    public static string ToText(TrainedModel trained, string path) => string.Create(CultureInfo.InvariantCulture,
        $"{TerminalText.Line(path)}: model {ModelFile.Hash(trained.Model)}, width {trained.Model.Config.Width}, {trained.Model.Nonzeros} nonzero weights, validation loss {trained.Loss:F4}, {trained.Options.Steps} steps in {trained.Time.TotalSeconds:F0} s ({trained.Processor.TotalSeconds:F0} s of processor time)");

    public static string ToJson(TrainedModel trained, string path) => JsonOutput.Write(json =>
    {
        json.WriteString("file", path);
        json.WriteString("model", ModelFile.Hash(trained.Model));
        json.WriteNumber("width", trained.Model.Config.Width);
        json.WriteNumber("density", trained.Options.Density);
        json.WriteNumber("nonzeros", trained.Model.Nonzeros);
        json.WriteNumber("loss", Math.Round(trained.Loss, 4));
        json.WriteNumber("steps", trained.Options.Steps);
        json.WriteNumber("seconds", Math.Round(trained.Time.TotalSeconds, 1));
        json.WriteNumber("processorSeconds", Math.Round(trained.Processor.TotalSeconds, 1));
    });
}
