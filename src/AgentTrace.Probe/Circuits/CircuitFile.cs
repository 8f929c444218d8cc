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

    /// <summary>Writes a circuit to a file, which is there as a whole or not at all.</summary>
    /// <exception cref="IOException">The place cannot be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The place may not be written to.</exception>
    public static void Save(Circuit circuit, string path) => WholeFile.Write(path, stream => Write(circuit, stream));

    /// <summary>Reads a circuit of a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model; a circuit of other weights is refused.</param>
    /// <exception cref="ModelFormatException">It is missing, no circuit, or one of another model.</exception>
    public static Circuit Load(string path, Transformer model)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return Read(stream, path, model);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ModelFormatException($"{path} cannot be read: {e.Message}", e);
        }
    }

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
            if (circuit.Means.Count != new NodeMasks(model.Config).Count || !circuit.Means.All(float.IsFinite))
                throw new FormatException("its means are not one finite number for each of the model's nodes");
            if (!IsToken(circuit.First) || !IsToken(circuit.Second) || circuit.First == circuit.Second)
                throw new FormatException($"its answers, {circuit.First} and {circuit.Second}, are not two of the model's tokens");
            return circuit;

            bool IsToken(int token) => token >= 0 && token < model.Config.VocabSize;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or NotSupportedException)
        {
            throw new ModelFormatException($"{source} is no circuit that can be read: {e.Message}.", e);
        }
    }

    private static bool IsIn(TransformerConfig config, CircuitNode node) =>
        node.Layer >= 0 && node.Layer < config.LayerCount && Enum.IsDefined(node.Site) && node.Channel >= 0 && node.Channel < NodeMasks.Channels(config, node.Site);
}
