using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Agents.AI.Workflows;

/// <summary>An output of the run.</summary>
public class WorkflowOutputEvent(object data, string executorId) : WorkflowEvent(data)
{
    public string ExecutorId => executorId;

    public bool Is<T>() => Data is T;

    public bool Is<T>([NotNullWhen(true)] out T? maybeValue)
    {
        maybeValue = As<T>();
        return maybeValue is not null;
    }

    public T? As<T>() => Data is T value ? value : default;
}
