using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.NativeSpans;

/// <summary>
/// Who acts in a framework's <c>invoke_agent</c> span; Agent Framework writes <c>Name(id)</c> where others write the name.
/// </summary>
internal readonly record struct AgentLabel(string? Name, string? Id)
{
    public static AgentLabel Of(Activity activity)
    {
        string? id = activity.GetTagItem(GenAiAttributes.AgentId) as string;
        string? label = activity.GetTagItem(GenAiAttributes.AgentName) as string ?? FromSpanName(activity.DisplayName);
        if (string.IsNullOrWhiteSpace(label) || label == id)
            return new(null, id);
        if (activity.Source.Name != ActivitySources.AgentFramework || !label.EndsWith(')'))
            return new(label, id);

        int open = id is null ? label.LastIndexOf('(') : label.Length - id.Length - 2;
        return open > 0 && (id is null || label.EndsWith($"({id})", StringComparison.Ordinal))
            ? new(label[..open], id ?? label[(open + 1)..^1])
            : new(label, id);
    }

    /// <summary>Whether this is the agent of that name.</summary>
    public bool IsOf(string agent) => Name == agent || (Name is not null && $"{Name}({Id})" == agent);

    private static string? FromSpanName(string name) => name.StartsWith(GenAiOperations.InvokeAgent + " ", StringComparison.Ordinal)
        ? name[(GenAiOperations.InvokeAgent.Length + 1)..]
        : null;
}
