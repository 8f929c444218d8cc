using System.Buffers.Binary;
using System.Text.Json;

namespace AgentTrace.Probe.Model.Files;

/// <summary>The JSON in front of a safetensors file: which tensor stands where, and what else its writer said.</summary>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, TensorEntry> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    private const int LengthBytes = 8;
    private const string MetadataName = "__metadata__";

    /// <summary>Reads the header and leaves the stream at the first tensor.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="ModelFormatException">It is no such header.</exception>
    public static SafetensorsHeader Read(Stream stream, string source)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (stream.ReadAtLeast(length, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
            throw new ModelFormatException($"{source}: the file ends within the first {LengthBytes} bytes; it is no safetensors file.");
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (bytes is 0 or > SafetensorsReader.MaxHeaderBytes)
            throw new ModelFormatException($"{source}: its header is said to have {bytes} bytes; allowed: 1 to {SafetensorsReader.MaxHeaderBytes}. It is no safetensors file, or a damaged one.");
        byte[] header = new byte[bytes];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new ModelFormatException($"{source}: the file ends within its header of {bytes} bytes; it was cut.");
        try
        {
            return Parse(header);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"{source}: the header is not what safetensors says it is ({e.Message}).", e);
        }
    }

    private static SafetensorsHeader Parse(byte[] header)
    {
        var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(header);
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (property.Name == MetadataName)
            {
                foreach (JsonProperty said in property.Value.EnumerateObject())
                    metadata[said.Name] = said.Value.GetString() ?? "";
                continue;
            }

            TensorEntry entry = property.Value.Deserialize<TensorEntry>() ?? throw new JsonException($"{property.Name} is null");
            if (entry is not { Type: not null, Shape: not null, Offsets: { Length: 2 } })
                throw new JsonException($"{property.Name} lacks dtype, shape or two data_offsets");
            if (!tensors.TryAdd(property.Name, entry))
                throw new JsonException($"{property.Name} stands there twice");
        }

        return new SafetensorsHeader(tensors, metadata);
    }
}
