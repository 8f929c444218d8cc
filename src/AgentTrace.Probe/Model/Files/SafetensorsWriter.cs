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
        var entries = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
        long at = 0;
        foreach (Parameter parameter in model.Parameters)
        {
            long[] shape = parameter.IsVector ? [parameter.Value.Columns] : [parameter.Value.Rows, parameter.Value.Columns];
            entries[parameter.Name] = new TensorEntry("F32", shape, [at, at + (4L * parameter.Count)]);
            at += 4L * parameter.Count;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(entries);
        byte[] header = new byte[(json.Length + Alignment - 1) / Alignment * Alignment];
        Array.Fill(header, (byte)' ');
        json.CopyTo(header, 0);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Parameter parameter in model.Parameters)
            WriteValues(stream, parameter.Value.Values);
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
