namespace AgentTrace.Collector.Otlp;

/// <summary>Reads and writes google.rpc.RetryInfo as it stands in a gRPC status' details: base64 of a google.rpc.Status, padded or not.</summary>
internal static class RetryInfo
{
    private const string TypeUrl = "type.googleapis.com/google.rpc.RetryInfo";

    /// <summary>How long the sender is asked to wait (zero where it is not said how long), or null when the details hold no RetryInfo.</summary>
    public static TimeSpan? Read(string? details)
    {
        if (details is null)
            return null;
        byte[] status = new byte[details.Length];
        string padded = details.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        if (!Convert.TryFromBase64String(padded, status, out int length))
            return null;
        try
        {
            return ReadStatus(new ProtobufReader(status.AsSpan(0, length)));
        }
        catch (OtlpFormatException)
        {
            return null;
        }
    }

    /// <summary>A google.rpc.Status with a RetryInfo.</summary>
    public static byte[] Write(GrpcStatus code, string message, TimeSpan delay)
    {
        var writer = new ProtobufWriter(128);
        writer.Varint(OtlpFields.RpcStatus.Code, (ulong)code);
        writer.String(OtlpFields.RpcStatus.Message, message);
        int any = writer.BeginMessage(OtlpFields.RpcStatus.Details);
        writer.String(OtlpFields.Any.TypeUrl, TypeUrl);
        int info = writer.BeginMessage(OtlpFields.Any.Value);
        int duration = writer.BeginMessage(OtlpFields.RetryInfo.Delay);
        writer.Varint(OtlpFields.Duration.Seconds, (ulong)delay.TotalSeconds);
        writer.EndMessage(duration);
        writer.EndMessage(info);
        writer.EndMessage(any);
        return writer.ToArray();
    }

    private static TimeSpan? ReadStatus(ProtobufReader reader)
    {
        TimeSpan? found = null;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.RpcStatus.Details && type == WireType.Bytes)
                found = ReadAny(reader.ReadMessage()) ?? found;
            else
                reader.Skip(field, type);
        }

        return found;
    }

    private static TimeSpan? ReadAny(ProtobufReader reader)
    {
        bool isRetry = false;
        ReadOnlySpan<byte> value = default;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Any.TypeUrl && type == WireType.Bytes)
                isRetry = reader.ReadBytes().EndsWith("/google.rpc.RetryInfo"u8);
            else if (field == OtlpFields.Any.Value && type == WireType.Bytes)
                value = reader.ReadBytes();
            else
                reader.Skip(field, type);
        }

        if (!isRetry)
            return null;
        var info = new ProtobufReader(value);
        TimeSpan delay = TimeSpan.Zero;
        while (info.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.RetryInfo.Delay && type == WireType.Bytes)
                delay = ReadDuration(info.ReadMessage());
            else
                info.Skip(field, type);
        }

        return delay;
    }

    private static TimeSpan ReadDuration(ProtobufReader reader)
    {
        TimeSpan duration = TimeSpan.Zero;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Duration.Seconds && type == WireType.Varint)
                duration += TimeSpan.FromSeconds(Math.Min(reader.ReadVarint(), (ulong)TimeSpan.FromDays(1).TotalSeconds));
            else if (field == OtlpFields.Duration.Nanos && type == WireType.Varint)
                duration += TimeSpan.FromTicks((long)Math.Min(reader.ReadVarint(), 999_999_999) / TimeSpan.NanosecondsPerTick);
            else
                reader.Skip(field, type);
        }

        return duration;
    }
}
