using System.Globalization;
using System.Text;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Reads what an endpoint says it did not take of a request that it took; all signals answer alike.</summary>
internal static class PartialSuccess
{
    /// <summary>The refused number and the reason, or null when all was taken. An answer that is no protobuf says nothing.</summary>
    public static string? Describe(ReadOnlySpan<byte> response)
    {
        try
        {
            var reader = new ProtobufReader(response);
            string? found = null;
            while (reader.TryReadTag(out int field, out WireType type))
            {
                if (field == OtlpFields.ExportResponse.PartialSuccess && type == WireType.Bytes)
                    found = Read(reader.ReadMessage());
                else
                    reader.Skip(field, type);
            }

            return found;
        }
        catch (OtlpFormatException)
        {
            return null;
        }
    }

    private static string? Read(ProtobufReader reader)
    {
        ulong rejected = 0;
        string message = "";
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.PartialSuccess.RejectedSpans && type == WireType.Varint)
                rejected = reader.ReadVarint();
            else if (field == OtlpFields.PartialSuccess.ErrorMessage && type == WireType.Bytes)
                message = Encoding.UTF8.GetString(reader.ReadBytes());
            else
                reader.Skip(field, type);
        }

        return rejected == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"partial success, {rejected} refused: {message}");
    }
}
