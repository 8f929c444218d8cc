using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Spans;
using AgentTrace.Turns;

namespace AgentTrace.NativeSpans;

/// <summary>Which framework spans say again what the span around them says already.</summary>
internal static class CoveredSpans
{
    private const string LastAgentProperty = "agenttrace.native.agent";

    /// <summary>Whether <paramref name="step"/>, the step around it, covers the span that has just started.</summary>
    /// <remarks>A tentative turn in which an agent starts is that agent's turn from then on.</remarks>
    public static bool TryCover(Activity step, Activity activity, string? operation)
    {
        switch (operation)
        {
            case GenAiOperations.InvokeAgent when AgentTurn.Of(step) is not null:
                return IsTurnOf(step, AgentLabel.Of(activity));
            case GenAiOperations.Chat when TracedSpan.Of(step) is not null && SpanAncestry.Operation(step) == GenAiOperations.Chat:
                return true;
            case GenAiOperations.Chat when activity.Source.Name == ActivitySources.AgentFramework && AgentTurn.Of(step) is not null:
                return IsAgentOf(step, activity);
            case GenAiOperations.ExecuteTool:
                return SpanAncestry.Operation(step) == GenAiOperations.ExecuteTool && IsSameTool(step, activity);
            default:
                return false;
        }
    }

    private static bool IsTurnOf(Activity turn, AgentLabel agent)
    {
        if (TentativeTurn.Of(turn) is { IsKept: false } tentative)
        {
            tentative.Keep(agent.Name);
            return true;
        }

        // An agent without a name goes by different words for it, so its id counts too.
        return (turn.GetTagItem(GenAiAttributes.AgentName) is string name && agent.IsOf(name))
            || (agent.Id is not null && turn.GetTagItem(GenAiAttributes.AgentId) is string id && id == agent.Id);
    }

    // Agent Framework starts an agent's span as a chat and renames it later, which is too late for its children. Its chats run inside its
    // agents: what comes directly under a turn is the agent, what comes while that agent runs is a chat.
    private static bool IsAgentOf(Activity turn, Activity activity)
    {
        if (turn.GetCustomProperty(LastAgentProperty) is Activity { IsStopped: false } running && !ReferenceEquals(running, activity))
            return false;
        turn.SetCustomProperty(LastAgentProperty, activity);
        return true;
    }

    // The same function is "plugin_function" to the client that calls it and "plugin-function" or "function" to Semantic Kernel.
    private static bool IsSameTool(Activity outer, Activity inner)
    {
        string outerName = ToolName(outer), innerName = ToolName(inner);
        return innerName.Length > 0
            && (outerName == innerName
                || (inner.Source.Name == ActivitySources.SemanticKernel && outerName.EndsWith('_' + innerName, StringComparison.Ordinal)));
    }

    private static string ToolName(Activity activity)
    {
        string name = activity.GetTagItem(GenAiAttributes.ToolName) as string
            ?? activity.OperationName[Math.Min(activity.OperationName.Length, GenAiOperations.ExecuteTool.Length)..].Trim();
        return name.Replace('-', '_').Replace('.', '_');
    }
}
