using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.Turns;

/// <summary>
/// The turn around the calling code, whoever recorded it: a framework's own <c>invoke_agent</c> span counts as well as ours.
/// </summary>
/// <param name="AgentName">Whose turn it is; null outside any turn.</param>
/// <param name="Turn">The turn, where it is one of ours.</param>
internal readonly record struct EnclosingTurn(string? AgentName, AgentTurn? Turn)
{
    public static EnclosingTurn Find()
    {
        for (Activity? activity = Activity.Current; activity is not null; activity = activity.Parent)
            if (activity.GetTagItem(GenAiAttributes.OperationName) is GenAiOperations.InvokeAgent)
                return new(activity.GetTagItem(GenAiAttributes.AgentName) as string, AgentTurn.Of(activity));
        return default;
    }
}
