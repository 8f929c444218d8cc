using System.Diagnostics.Tracing;

namespace AgentTrace.Probe.Spans;

/// <summary>Self-diagnostics: what probes could not read, and why.</summary>
[EventSource(Name = "AgentTrace-Probe")]
internal sealed class ProbeEventSource : EventSource
{
    private ProbeEventSource()
    {
    }

    public static ProbeEventSource Log { get; } = new();

    [Event(1, Level = EventLevel.Warning, Message = "The probe '{0}' could not read a text: {1}")]
    public void NotRead(string task, string reason) => WriteEvent(1, task, reason);

    [Event(2, Level = EventLevel.Warning, Message = "A rule that says whether agent '{0}' is watched failed, so it is not: {1}")]
    public void RuleFailed(string agent, string reason) => WriteEvent(2, agent, reason);
}
