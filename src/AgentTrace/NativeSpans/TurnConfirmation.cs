using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Handoffs;
using AgentTrace.Turns;

namespace AgentTrace.NativeSpans;

/// <summary>What a framework's span, as it starts, says about the turn around it: that it is one, whose it is, and to whom it hands over.</summary>
internal static class TurnConfirmation
{
    /// <summary>Takes note of <paramref name="activity"/>, which has just started inside <paramref name="step"/>; returns the step it belongs to now.</summary>
    public static Activity Saw(Activity step, Activity activity, string? operation)
    {
        if (operation == GenAiOperations.ExecuteTool && HandoffTool.TargetOf(ToolName(activity)) is { } target)
            AgentTurn.Around(activity)?.HandOffTo(target);
        if (TentativeTurn.Of(step) is not { } turn)
            return step;
        if (operation == GenAiOperations.InvokeAgent && AgentLabel.Of(activity).Name is { } agent)
        {
            // What is open is another agent's turn, or the steps that chose this agent: its own turn begins now.
            bool isOthers = turn.IsKept ? step.GetTagItem(GenAiAttributes.AgentName) as string != agent : turn.HasSteps;
            if (isOthers && turn.Next?.Invoke() is { } next)
                turn = next;
            turn.Keep(agent);
            return turn.Turn.Activity ?? step;
        }

        Confirm(turn, step, operation);
        return step;
    }

    private static void Confirm(TentativeTurn turn, Activity step, string? operation)
    {
        if (operation is not (GenAiOperations.Chat or GenAiOperations.ExecuteTool))
            return;
        turn.HasSteps = true;
        if (step.GetTagItem(GenAiAttributes.AgentName) is not null)
            turn.Keep();
    }

    private static string ToolName(Activity activity) => activity.GetTagItem(GenAiAttributes.ToolName) as string ?? activity.OperationName;
}
