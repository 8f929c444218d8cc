namespace Microsoft.Agents.AI.Workflows;

/// <summary>Something that happened in a run.</summary>
public class WorkflowEvent(object? data = null)
{
    public object? Data => data;

    public override string ToString() => data is null ? $"{GetType().Name}()" : $"{GetType().Name}(Data: {data.GetType()} = {data})";
}
