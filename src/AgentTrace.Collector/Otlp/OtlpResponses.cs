using System.Text.Json;

namespace AgentTrace.Collector.Otlp;

/// <summary>The bodies an OTLP receiver answers with, in protobuf and in JSON.</summary>
internal static class OtlpResponses
{
    /// <summary>How long a sender is asked to wait when there is no room.</summary>
    public const string RetryAfterSeconds = "1";

    /// <summary>ExportTraceServiceResponse; partial success only where spans were refused.</summary>
    public static byte[] Success(long rejectedSpans, string? message)
    {
        if (rejectedSpans == 0)
            return [];
        var writer = new ProtobufWriter(64);
        int open = writer.BeginMessage(OtlpFields.ExportResponse.PartialSuccess);
        writer.Varint(OtlpFields.PartialSuccess.RejectedSpans, (ulong)rejectedSpans);
        writer.String(OtlpFields.PartialSuccess.ErrorMessage, message ?? "");
        writer.EndMessage(open);
        return writer.ToArray();
    }

    /// <summary>The same as JSON; int64 is a string there.</summary>
    public static byte[] SuccessJson(long rejectedSpans, string? message) => Json(json =>
    {
        json.WriteStartObject("partialSuccess");
        if (rejectedSpans > 0)
        {
            json.WriteString("rejectedSpans", rejectedSpans.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("errorMessage", message);
        }

        json.WriteEndObject();
    });

    /// <summary>google.rpc.Status.</summary>
    public static byte[] Status(GrpcStatus code, string message)
    {
        var writer = new ProtobufWriter(64);
        writer.Varint(OtlpFields.RpcStatus.Code, (ulong)code);
        writer.String(OtlpFields.RpcStatus.Message, message);
        return writer.ToArray();
    }

    /// <summary>google.rpc.Status UNAVAILABLE with a google.rpc.RetryInfo: the sender shall come back.</summary>
    public static byte[] RetryLater(string message) =>
        RetryInfo.Write(GrpcStatus.Unavailable, message, TimeSpan.FromSeconds(int.Parse(RetryAfterSeconds, System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>google.rpc.Status as JSON.</summary>
    public static byte[] StatusJson(GrpcStatus code, string message) => Json(json =>
    {
        json.WriteNumber("code", (int)code);
        json.WriteString("message", message);
    });

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
