namespace Microsoft.Agents.AI.Workflows;

/// <summary>An executor is done.</summary>
public sealed class ExecutorCompletedEvent(string executorId, object? result) : ExecutorEvent(executorId, result);
