using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentTrace.Probe.Model.Files;

/// <summary>Reads float32 weights from a safetensors file (huggingface.co/docs/safetensors): a JSON header with each tensor's place, then the bytes.</summary>
/// <remarks>Nothing in such a file is run, and nothing it says is believed before it is checked: sizes, ranges, names, and that every value is finite.</remarks>
public static class SafetensorsReader
{
    /// <summary>Largest header, in bytes (16 MiB).</summary>
    public const int MaxHeaderBytes = 16 << 20;

    private const int LengthBytes = 8;
    private const string Metadata = "__metadata__";

    /// <summary>Fills a model's parameters.</summary>
    /// <param name="model">The model; its configuration says which tensors there must be.</param>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="ModelFormatException">The file is damaged or belongs to another configuration; the model may be half filled.</exception>
    public static void Read(Transformer model, Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        Dictionary<string, TensorEntry> entries = ReadHeader(stream, source);
        Dictionary<string, Parameter> wanted = model.Parameters.ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
        if (wanted.Keys.FirstOrDefault(name => !entries.ContainsKey(name) && !(name == model.Positions.Name && !model.Positions.IsTrained)) is { } missing)
            throw new ModelFormatException($"{source}: the tensor {missing} is missing. The configuration belongs to another model, or the file was cut.");
        if (entries.Keys.FirstOrDefault(name => !wanted.ContainsKey(name)) is { } unknown)
            throw new ModelFormatException($"{source}: the tensor {unknown} is in no model of this configuration. Give the configuration that was saved with the file.");

        long at = 0;
        foreach ((string name, TensorEntry entry) in entries.OrderBy(pair => pair.Value.Offsets[0]))
        {
            Parameter parameter = wanted[name];
            Check(source, name, entry, parameter, at);
            ReadValues(stream, parameter.Value.Values, source, name);
            at = entry.Offsets[1];
        }

        if (stream.ReadByte() >= 0)
            throw new ModelFormatException($"{source}: bytes follow the last tensor, which ends at byte {at} of the data. The file is not what its header says.");
        model.Refresh();
    }

    private static Dictionary<string, TensorEntry> ReadHeader(Stream stream, string source)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (stream.ReadAtLeast(length, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
            throw new ModelFormatException($"{source}: the file ends within the first {LengthBytes} bytes; it is no safetensors file.");
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (bytes is 0 or > MaxHeaderBytes)
            throw new ModelFormatException($"{source}: its header is said to have {bytes} bytes; allowed: 1 to {MaxHeaderBytes}. It is no safetensors file, or a damaged one.");
        byte[] header = new byte[bytes];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new ModelFormatException($"{source}: the file ends within its header of {bytes} bytes; it was cut.");
        try
        {
            var entries = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
            using JsonDocument document = JsonDocument.Parse(header);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == Metadata)
                    continue;
                TensorEntry entry = property.Value.Deserialize<TensorEntry>() ?? throw new JsonException($"{property.Name} is null");
                if (entry is not { Type: not null, Shape: not null, Offsets: { Length: 2 } })
                    throw new JsonException($"{property.Name} lacks dtype, shape or two data_offsets");
                if (!entries.TryAdd(property.Name, entry))
                    throw new JsonException($"{property.Name} stands there twice");
            }

            return entries;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException($"{source}: the header is not what safetensors says it is ({e.Message}).", e);
        }
    }

    private static void Check(string source, string name, TensorEntry entry, Parameter parameter, long at)
    {
        long[] shape = parameter.IsVector ? [parameter.Value.Columns] : [parameter.Value.Rows, parameter.Value.Columns];
        if (entry.Type != "F32")
            throw new ModelFormatException($"{source}: the tensor {name} is of type {entry.Type}; only F32 is read. Save the model in float32.");
        if (!entry.Shape.AsSpan().SequenceEqual(shape))
            throw new ModelFormatException($"{source}: the tensor {name} has the shape [{string.Join(", ", entry.Shape)}]; the configuration wants [{string.Join(", ", shape)}].");
        if (entry.Offsets[0] != at || entry.Offsets[1] - at != 4L * parameter.Count)
            throw new ModelFormatException($"{source}: the tensor {name} is said to stand at bytes {entry.Offsets[0]} to {entry.Offsets[1]}; expected {at} to {at + (4L * parameter.Count)}.");
    }

    private static void ReadValues(Stream stream, Span<float> values, string source, string name)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(values);
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ModelFormatException($"{source}: the file ends within the tensor {name}; it was cut.");
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<float, int>(values));
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new ModelFormatException($"{source}: the tensor {name} holds {values[i]} at place {i}. A model with such weights computes nothing; train it again with a lower learning rate.");
    }
}
