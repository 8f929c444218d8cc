using System.Diagnostics.Tracing;

namespace AgentTrace.Diagnostics;

/// <summary>
/// Self-diagnostics: what the SDK could not record, and why. Telemetry never throws into the app, so this is where its errors go.
/// </summary>
[EventSource(Name = SourceName)]
internal sealed class AgentTraceEventSource : EventSource
{
    internal const string SourceName = "AgentTrace-SDK";

    internal static AgentTraceEventSource Log { get; } = new();

    private AgentTraceEventSource()
    {
    }

    [NonEvent]
    public void ContentDropped(string attribute, Exception exception)
    {
        if (IsEnabled(EventLevel.Warning, EventKeywords.All))
            ContentDropped(attribute, exception.ToString());
    }

    [Event(1, Level = EventLevel.Warning, Message = "Content for '{0}' was dropped because reading, redacting or writing it failed: {1}")]
    public void ContentDropped(string attribute, string exception) => WriteEvent(1, attribute, exception);

    [NonEvent]
    public void RecordingFailed(string what, Exception exception)
    {
        if (IsEnabled(EventLevel.Warning, EventKeywords.All))
            RecordingFailed(what, exception.ToString());
    }

    [Event(2, Level = EventLevel.Warning, Message = "Could not {0}; the app goes on without it: {1}")]
    public void RecordingFailed(string what, string exception) => WriteEvent(2, what, exception);

    [Event(3, Level = EventLevel.Warning, Message = "'{1}' is no value of {0}; content stays off. Use true, false, SPAN_ONLY or SPAN_AND_EVENT.")]
    public void UnknownCaptureValue(string variable, string value) => WriteEvent(3, variable, value);

    [Event(4, Level = EventLevel.Warning, Message = "A handoff from '{0}' was ignored: the name of the agent to hand off to is blank.")]
    public void HandoffWithoutTarget(string agent) => WriteEvent(4, agent);

    [Event(5, Level = EventLevel.Warning, Message =
        "A span '{1}' of '{0}' carries content in events, which cannot be taken off, though content capture is off. "
        + "Turn the framework's own switch for sensitive data off.")]
    public void ContentInEvents(string source, string span) => WriteEvent(5, source, span);
}
