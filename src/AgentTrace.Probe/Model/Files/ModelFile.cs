using System.Security.Cryptography;
using System.Text.Json;

namespace AgentTrace.Probe.Model.Files;

/// <summary>A model on disk: <c>NAME.safetensors</c> and, beside it, its configuration <c>NAME.config.json</c>.</summary>
public static class ModelFile
{
    private const string Extension = ".safetensors";
    private const int MaxConfigBytes = 1 << 20;

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    /// <summary>Writes both files.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The weights' path, ending in <c>.safetensors</c>.</param>
    /// <exception cref="ArgumentException">The path ends in something else.</exception>
    public static void Save(Transformer model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        string config = ConfigPath(path);
        WholeFile.Write(path, stream => SafetensorsWriter.Write(model, stream));
        WholeFile.Write(config, stream => JsonSerializer.Serialize(stream, model.Config, s_json));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="path">The weights' path, ending in <c>.safetensors</c>.</param>
    /// <exception cref="ArgumentException">The path ends in something else.</exception>
    /// <exception cref="ModelFormatException">A file is missing, damaged, or belongs to another model.</exception>
    public static Transformer Load(string path)
    {
        var model = new Transformer(ReadConfig(ConfigPath(path)));
        try
        {
            using FileStream stream = File.OpenRead(path);
            SafetensorsReader.Read(model, stream, path);
            return model;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What identifies a model's weights: the first 16 hexadecimal digits of the SHA-256 of its safetensors file.</summary>
    public static string Hash(Transformer model)
    {
        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
            SafetensorsWriter.Write(model, hashing);
        return Convert.ToHexStringLower(sha.Hash!)[..16];
    }

    private static TransformerConfig ReadConfig(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxConfigBytes)
                throw new ModelFormatException($"{path} has more than {MaxConfigBytes} bytes; it is no configuration of a model.");
            using FileStream stream = File.OpenRead(path);
            TransformerConfig config = JsonSerializer.Deserialize<TransformerConfig>(stream) ?? throw new ModelFormatException($"{path} holds null instead of a configuration.");
            ConfigCheck.Throw(config);
            return config;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            throw new ModelFormatException($"{path}, the configuration that belongs to the weights, cannot be read: {e.Message}", e);
        }
    }

    private static string ConfigPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? path[..^Extension.Length] + ".config.json"
            : throw new ArgumentException($"{path} does not end in {Extension}, as a file of weights does.", nameof(path));
    }
}
