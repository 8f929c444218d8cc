using System.Diagnostics;

namespace AgentTrace.Handoffs;

/// <summary>A handoff whose target has not taken its turn yet.</summary>
/// <param name="From">The agent that handed over; null when it has no name.</param>
/// <param name="Turn">The turn in which it did.</param>
internal readonly record struct PendingHandoff(string? From, ActivityContext Turn);
