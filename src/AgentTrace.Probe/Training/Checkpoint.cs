using System.Globalization;
using System.Text.Json;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Probe.Training;

/// <summary>A training that was interrupted, as a safetensors file: weights, the optimizer's moments, and in the metadata where it was.</summary>
internal static class Checkpoint
{
    private const string FormatName = "agenttrace-checkpoint-1";

    public static void Write(Stream stream, Transformer model, TrainingOptions options, int step, IEnumerable<NamedTensor> moments) => SafetensorsWriter.Write(
        [.. NamedTensor.All(model), .. moments],
        new Dictionary<string, string>
        {
            ["format"] = FormatName,
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["config"] = JsonSerializer.Serialize(model.Config),
            ["options"] = JsonSerializer.Serialize(options),
        },
        stream);

    /// <summary>What a training needs to go on, from the header.</summary>
    public static (TransformerConfig Config, TrainingOptions Options, int Step) Read(SafetensorsHeader header, string source)
    {
        if (header.Metadata.GetValueOrDefault("format") != FormatName)
            throw new ModelFormatException($"{source}: it is no checkpoint of a training ({FormatName}). Give the file that --checkpoint wrote.");
        try
        {
            TransformerConfig? config = JsonSerializer.Deserialize<TransformerConfig>(header.Metadata.GetValueOrDefault("config", ""));
            TrainingOptions? options = JsonSerializer.Deserialize<TrainingOptions>(header.Metadata.GetValueOrDefault("options", ""));
            if (config is null || options is null || !int.TryParse(header.Metadata.GetValueOrDefault("step"), CultureInfo.InvariantCulture, out int step) || step < 0 || step > options.Steps)
                throw new ModelFormatException($"{source}: configuration, options or step of the checkpoint are off. It is a damaged file.");
            return (config, options, step);
        }
        catch (JsonException e)
        {
            throw new ModelFormatException($"{source}: the checkpoint's metadata cannot be read ({e.Message}).", e);
        }
    }
}
