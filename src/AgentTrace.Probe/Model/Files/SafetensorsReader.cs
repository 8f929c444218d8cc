using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AgentTrace.Probe.Model.Files;

/// <summary>Reads float32 weights from a safetensors file (huggingface.co/docs/safetensors): a JSON header with each tensor's place, then the bytes.</summary>
/// <remarks>Nothing in such a file is run, and nothing it says is believed before it is checked: sizes, ranges, names, and that every value is finite.</remarks>
public static class SafetensorsReader
{
    /// <summary>Largest header, in bytes (16 MiB).</summary>
    public const int MaxHeaderBytes = 16 << 20;

    /// <summary>Fills a model's parameters.</summary>
    /// <param name="model">The model; its configuration says which tensors there must be.</param>
    /// <param name="stream">The file.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="ModelFormatException">The file is damaged or belongs to another configuration; the model may be half filled.</exception>
    public static void Read(Transformer model, Stream stream, string source)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        Fill([.. NamedTensor.All(model)], SafetensorsHeader.Read(stream, source), stream, source);
        model.Refresh();
    }

    /// <summary>Fills tensors from what follows a header.</summary>
    internal static void Fill(IReadOnlyList<NamedTensor> tensors, SafetensorsHeader header, Stream stream, string source)
    {
        Dictionary<string, NamedTensor> wanted = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        if (tensors.FirstOrDefault(tensor => !tensor.Optional && !header.Tensors.ContainsKey(tensor.Name)) is { } missing)
            throw new ModelFormatException($"{source}: the tensor {missing.Name} is missing. The configuration belongs to another model, or the file was cut.");
        if (header.Tensors.Keys.FirstOrDefault(name => !wanted.ContainsKey(name)) is { } unknown)
            throw new ModelFormatException($"{source}: the tensor {unknown} is in no model of this configuration. Give the configuration that was saved with the file.");

        long at = 0;
        foreach ((string name, TensorEntry entry) in header.Tensors.OrderBy(pair => pair.Value.Offsets[0]))
        {
            NamedTensor tensor = wanted[name];
            Check(source, entry, tensor, at);
            ReadValues(stream, tensor.Values.Span, source, name);
            at = entry.Offsets[1];
        }

        if (stream.ReadByte() >= 0)
            throw new ModelFormatException($"{source}: bytes follow the last tensor, which ends at byte {at} of the data. The file is not what its header says.");
    }

    private static void Check(string source, TensorEntry entry, NamedTensor tensor, long at)
    {
        string name = tensor.Name;
        if (entry.Type != "F32")
            throw new ModelFormatException($"{source}: the tensor {name} is of type {entry.Type}; only F32 is read. Save the model in float32.");
        if (!entry.Shape.AsSpan().SequenceEqual(tensor.Shape))
            throw new ModelFormatException($"{source}: the tensor {name} has the shape [{string.Join(", ", entry.Shape)}]; the configuration wants [{string.Join(", ", tensor.Shape)}].");
        long bytes = sizeof(float) * (long)tensor.Values.Length;
        if (entry.Offsets[0] != at || entry.Offsets[1] - at != bytes)
            throw new ModelFormatException($"{source}: the tensor {name} is said to stand at bytes {entry.Offsets[0]} to {entry.Offsets[1]}; expected {at} to {at + bytes}.");
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
