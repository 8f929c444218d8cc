using System.Diagnostics;

namespace AgentTrace.Probe.Spans;

/// <summary>A text that waits to be read.</summary>
/// <param name="Probe">What reads it; null for a mark in the queue.</param>
/// <param name="Text">The text, or what a span says the agent's messages were.</param>
/// <param name="IsMessages">Whether it is the latter: JSON, taken apart by the queue's thread.</param>
/// <param name="Parent">The turn.</param>
/// <param name="Reached">Told when the queue's thread comes to a mark.</param>
internal readonly record struct ProbeJob(CircuitProbe? Probe, string Text, bool IsMessages, ActivityContext Parent, TaskCompletionSource? Reached = null);
