using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace AgentTrace.Tests.Recording;

/// <summary>Listens to what the SDK says about itself.</summary>
internal sealed class DiagnosticsLog : EventListener
{
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyCollection<string> Events => _events;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "AgentTrace-SDK")
            EnableEvents(eventSource, EventLevel.Verbose);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName is { } name)
            _events.Enqueue(name);
    }
}
