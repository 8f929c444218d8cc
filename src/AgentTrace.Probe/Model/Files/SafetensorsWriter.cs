using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace AgentTrace.Probe.Model.Files;

/// <summary>Writes a model's weights as a safetensors file that any tool reads; the same weights give the same bytes.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes all parameters in float32.</summary>
    public static void Write(Transformer model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(stream);
        Write([.. NamedTensor.All(model)], new Dictionary<string, string>(), stream);
    }

    /// <summary>Writes tensors, and what is said beside them.</summary>
    internal static void Write(IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string> metadata, Stream stream)
    {
        var entries = new Dictionary<string, object>(StringComparer.Ordinal);
        if (metadata.Count > 0)
            entries["__metadata__"] = metadata;
        long at = 0;
        foreach (NamedTensor tensor in tensors)
        {
            long end = at + (sizeof(float) * (long)tensor.Values.Length);
            entries[tensor.Name] = new TensorEntry("F32", tensor.Shape, [at, end]);
            at = end;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entries);
        byte[] header = new byte[(json.Length + Alignment - 1) / Alignment * Alignment];
        Array.Fill(header, (byte)' ');
        json.CopyTo(header, 0);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (NamedTensor tensor in tensors)
            WriteValues(stream, tensor.Values.Span);
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            stream.Write(bytes);
        }
    }
}
