namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>OTLP span status; the numbers are those of <c>opentelemetry.proto.trace.v1.Status.StatusCode</c>.</summary>
public enum SpanStatus
{
    /// <summary>Not set.</summary>
    Unset = 0,

    /// <summary>Said to be fine.</summary>
    Ok = 1,

    /// <summary>Failed.</summary>
    Error = 2,
}
