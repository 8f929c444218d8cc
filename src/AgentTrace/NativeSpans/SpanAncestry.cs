using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.NativeSpans;

/// <summary>Which step of an agent's work a span is, and inside which it runs.</summary>
internal static class SpanAncestry
{
    private const string OrchestrateTools = "orchestrate_tools";

    /// <summary>The GenAI operation; from the name where the attributes are still to come, as Microsoft.Extensions.AI does it.</summary>
    public static string? Operation(Activity activity)
    {
        if (activity.GetTagItem(GenAiAttributes.OperationName) is string operation)
            return operation;
        if (!NativeSources.Contains(activity.Source.Name))
            return null;
        string name = activity.OperationName;
        int end = name.IndexOf(' ', StringComparison.Ordinal);
        return (end < 0 ? name : name[..end]) switch
        {
            GenAiOperations.InvokeAgent => GenAiOperations.InvokeAgent,
            GenAiOperations.Chat => GenAiOperations.Chat,
            GenAiOperations.ExecuteTool => GenAiOperations.ExecuteTool,
            _ => null,
        };
    }

    /// <summary>
    /// The nearest span around <paramref name="activity"/> that is a step itself, ours or a framework's; the app's own do not count.
    /// </summary>
    public static Activity? EnclosingStep(Activity activity)
    {
        for (Activity? parent = activity.Parent; parent is not null; parent = parent.Parent)
        {
            bool isStep = NativeSources.Contains(parent.Source.Name)
                ? parent.OperationName != OrchestrateTools && NativeSpan.Of(parent) is not { Host: not null }
                : parent.GetTagItem(GenAiAttributes.OperationName) is string;
            if (isStep)
                return parent;
        }

        return null;
    }
}
