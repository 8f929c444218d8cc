using AgentTrace.Collector.Otlp;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Attribution;

/// <summary>Writes a verdict as a log record, the event <c>gen_ai.evaluation.result</c> of the GenAI conventions, on the span that was evaluated.</summary>
internal static class VerdictLogEvent
{
    // opentelemetry-proto, logs/v1/logs.proto.
    private const int ResourceLogs = 1, Resource = 1, ScopeLogs = 2, Scope = 1, LogRecords = 2;
    private const int TimeUnixNano = 1, SeverityNumber = 2, SeverityText = 3, Body = 5, Attributes = 6, TraceIdField = 9, SpanIdField = 10, ObservedTimeUnixNano = 11, EventName = 12;
    private const ulong Info = 9;

    /// <summary>An ExportLogsServiceRequest.</summary>
    public static byte[] Encode(Verdict verdict)
    {
        var writer = new ProtobufWriter();
        int resourceLogs = writer.BeginMessage(ResourceLogs);
        int resource = writer.BeginMessage(Resource);
        OtlpSpanWriter.KeyValue(writer, OtlpFields.Resource.Attributes, OpenTelemetryAttributes.ServiceName, VerdictSpans.ServiceName);
        writer.EndMessage(resource);
        int scopeLogs = writer.BeginMessage(ScopeLogs);
        int scope = writer.BeginMessage(Scope);
        writer.String(OtlpFields.Scope.Name, ActivitySources.Attribution);
        writer.EndMessage(scope);
        int record = writer.BeginMessage(LogRecords);
        WriteRecord(writer, verdict);
        writer.EndMessage(record);
        writer.EndMessage(scopeLogs);
        writer.EndMessage(resourceLogs);
        return writer.ToArray();
    }

    private static void WriteRecord(ProtobufWriter writer, Verdict verdict)
    {
        writer.Fixed64(TimeUnixNano, OtlpSpanWriter.UnixNano(verdict.At));
        writer.Varint(SeverityNumber, Info);
        writer.String(SeverityText, "INFO");
        int body = writer.BeginMessage(Body);
        writer.String(OtlpFields.AnyValue.String, verdict.Attribution.Reason);
        writer.EndMessage(body);
        foreach ((string key, object value) in VerdictSpans.Evaluation(verdict))
            OtlpSpanWriter.KeyValue(writer, Attributes, key, value);
        VerdictSpans.WriteVerdict((key, value) => OtlpSpanWriter.KeyValue(writer, Attributes, key, value), verdict);
        writer.Bytes(TraceIdField, Convert.FromHexString(verdict.Run.Id));
        writer.Bytes(SpanIdField, Convert.FromHexString(verdict.Culprit?.SpanId ?? verdict.Run.RootSpanId ?? verdict.SpanId));
        writer.Fixed64(ObservedTimeUnixNano, OtlpSpanWriter.UnixNano(verdict.At));
        writer.String(EventName, GenAiAttributes.EvaluationResultEvent);
    }
}
