using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>What went wrong in a span, in the most telling words it has.</summary>
internal static class SpanErrors
{
    /// <summary>The status description, else the exception's message, else the error's type; null when the span had no error.</summary>
    public static string? Of(AgentSpan span)
    {
        string? type = Filled(span.Text(OpenTelemetryAttributes.ErrorType));
        if (span.Status != SpanStatus.Error && type is null)
            return null;
        return Filled(span.StatusMessage) ?? ExceptionMessage(span) ?? type ?? "failed without a message";
    }

    private static string? ExceptionMessage(AgentSpan span)
    {
        // The last exception is the one that ended the span; earlier ones may have been handled.
        AgentSpanEvent? thrown = span.Events.LastOrDefault(e => e.Name == OpenTelemetryAttributes.ExceptionEvent);
        return thrown is null ? null
            : Filled(thrown.Text(OpenTelemetryAttributes.ExceptionMessage)) ?? Filled(thrown.Text(OpenTelemetryAttributes.ExceptionType));
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
