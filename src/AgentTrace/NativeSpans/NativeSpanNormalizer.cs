using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Spans;

namespace AgentTrace.NativeSpans;

/// <summary>What happens to a framework's span: folded into the span that covers it, or made to look like ours.</summary>
internal static class NativeSpanNormalizer
{
    public static void OnStart(Activity activity)
    {
        if (!activity.IsAllDataRequested)
            return;

        string? operation = SpanAncestry.Operation(activity);
        Activity? step = SpanAncestry.EnclosingStep(activity);
        if (step is not null)
            NativeTurn.GoesOn(step, operation);
        if (activity.Source.Name == ActivitySources.AgentTrace || NativeSpan.Of(activity) is not null)
            return;

        NativeSpan span = NativeSpan.Attach(activity);
        if (step is not null)
            step = TurnConfirmation.Saw(step, activity, operation);
        if (step is not null && CoveredSpans.TryCover(step, activity, operation))
            span.FoldInto(step, activity);
        else if (operation == GenAiOperations.InvokeAgent)
            NativeTurn.Count(activity, span);
    }

    public static void OnStop(Activity activity)
    {
        if (!activity.IsAllDataRequested)
            return;

        string? operation = SpanAncestry.Operation(activity);
        // A function-invoking client inside a turn of ours writes its tool calls to our source: those are a framework's too.
        if (TracedSpan.Of(activity) is null)
        {
            NativeSpan span = NativeSpan.Of(activity) ?? NativeSpan.Attach(activity);
            if (!span.TryEnd())
                return;

            NativeNames.Normalize(activity, operation);
            NativeContent.Apply(activity);
            if (span.Host is { } host)
            {
                FoldedKnowledge.Give(activity, host);
                return;
            }

            if (operation == GenAiOperations.InvokeAgent)
                NativeTurn.End(activity, span);
            else
                span.Failure?.MarkUnlessSet(activity);
        }

        if (SpanAncestry.EnclosingStep(activity) is { } step)
            NativeTurn.StepEnded(step, activity, operation);
    }
}
