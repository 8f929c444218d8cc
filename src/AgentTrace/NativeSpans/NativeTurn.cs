using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Handoffs;
using AgentTrace.Spans;

namespace AgentTrace.NativeSpans;

/// <summary>A framework's <c>invoke_agent</c> that no turn of ours covers: it is the turn.</summary>
internal static class NativeTurn
{
    /// <summary>Gives the turn its place in the run around it, once, and links it to the handoffs it answers.</summary>
    public static void Count(Activity activity, NativeSpan span)
    {
        if (!span.TryCount() || AgentRun.Around(activity) is not { } run)
            return;

        activity.SetTag(AgentTraceAttributes.TurnIndex, run.NextTurnIndex());
        IReadOnlyList<PendingHandoff> handoffs = run.Handoffs.Take(AgentLabel.Of(activity).Name);
        if (handoffs.Count == 0)
            return;
        activity.SetTag(AgentTraceAttributes.HandoffFrom, handoffs[^1].From);
        foreach (ActivityContext turn in handoffs.Select(handoff => handoff.Turn).Distinct())
            activity.AddLink(HandoffLedger.ConsumedLink(turn));
    }

    /// <summary>A step starts inside <paramref name="step"/>: whatever failed in there before, the turn has gone on.</summary>
    public static void GoesOn(Activity step, string? operation)
    {
        if (Of(step) is not { } turn)
            return;
        // An agent that was a chat as it started is known by now.
        Count(step, turn);
        if (operation is GenAiOperations.Chat or GenAiOperations.ExecuteTool or GenAiOperations.InvokeAgent)
            turn.Failure = null;
    }

    /// <summary>A chat or a tool call ended inside <paramref name="step"/>.</summary>
    public static void StepEnded(Activity step, Activity ended, string? operation)
    {
        if (operation is not (GenAiOperations.Chat or GenAiOperations.ExecuteTool) || Of(step) is not { } turn)
            return;
        // A tool call that ends well takes nothing back: it may have run beside the one that failed.
        if (SpanFailure.Of(ended) is { } failure)
            turn.Failure = failure;
        else if (operation == GenAiOperations.Chat)
            turn.Failure = null;
    }

    /// <summary>Completes a turn that ends now.</summary>
    public static void End(Activity activity, NativeSpan span)
    {
        Count(activity, span);
        if (activity.GetTagItem(GenAiAttributes.ConversationId) is null && AgentRun.Around(activity)?.ConversationId is { } conversation)
            activity.SetTag(GenAiAttributes.ConversationId, conversation);
        (OwnFailure(activity) ?? span.Failure)?.MarkUnlessSet(activity);
    }

    private static NativeSpan? Of(Activity step) =>
        TracedSpan.Of(step) is null && SpanAncestry.Operation(step) == GenAiOperations.InvokeAgent ? NativeSpan.Of(step) : null;

    // An exception reached the turn, and whoever recorded it did not set the status.
    private static SpanFailure? OwnFailure(Activity activity)
    {
        if (activity.GetTagItem(OpenTelemetryAttributes.ErrorType) is string errorType)
            return SpanFailure.From(errorType, activity.StatusDescription);
        ActivityEvent exception = activity.Events.LastOrDefault(recorded => recorded.Name == OpenTelemetryAttributes.ExceptionEvent);
        if (exception.Name is null)
            return null;
        string? Tag(string key) => exception.Tags.FirstOrDefault(tag => tag.Key == key).Value as string;
        return SpanFailure.From(Tag(OpenTelemetryAttributes.ExceptionType), Tag(OpenTelemetryAttributes.ExceptionMessage));
    }
}
