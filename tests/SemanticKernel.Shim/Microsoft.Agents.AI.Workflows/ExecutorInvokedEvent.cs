namespace Microsoft.Agents.AI.Workflows;

/// <summary>An executor begins.</summary>
public sealed class ExecutorInvokedEvent(string executorId, object message) : ExecutorEvent(executorId, message);
