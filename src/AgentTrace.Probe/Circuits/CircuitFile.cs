using System.Text.Json;
using System.Text.Json.Serialization;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Circuits;

/// <summary>A circuit as JSON.</summary>
public static class CircuitFile
{
    private const int MaxBytes = 256 << 20;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a circuit.</summary>
    public static void Write(Circuit circuit, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        JsonSerializer.Serialize(stream, CircuitDocument.Of(circuit), s_json);
    }

    /// <summary>Reads a circuit of a model.</summary>
    /// <param name="stream">The JSON.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <param name="model">The model; a circuit of other weights is refused.</param>
    /// <exception cref="ModelFormatException">It is no circuit, or one of another model.</exception>
    public static Circuit Read(Stream stream, string source, Transformer model)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            if (stream.CanSeek && stream.Length > MaxBytes)
                throw new ModelFormatException($"{source} has {stream.Length} bytes; a circuit has at most {MaxBytes}.");
            Circuit circuit = JsonSerializer.Deserialize<CircuitDocument>(stream, s_json)?.ToCircuit() ?? throw new FormatException("it holds null");
            string hash = ModelFile.Hash(model);
            if (circuit.ModelHash != hash)
                throw new FormatException($"it belongs to the model {circuit.ModelHash}, and this one is {hash}; give the model it was found in");
            if (circuit.Nodes.FirstOrDefault(node => !IsIn(model.Config, node), new CircuitNode(-1, default, 0)) is { Layer: >= 0 } off)
                throw new FormatException($"the model has no node {off}");
            return circuit;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new ModelFormatException($"{source} is no circuit that can be read: {e.Message}.", e);
        }
    }

    private static bool IsIn(TransformerConfig config, CircuitNode node) =>
        node.Layer >= 0 && node.Layer < config.LayerCount && Enum.IsDefined(node.Site) && node.Channel >= 0 && node.Channel < NodeMasks.Channels(config, node.Site);
}
