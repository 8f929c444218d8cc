using System.Diagnostics;
using AgentTrace.Spans;

namespace AgentTrace.NativeSpans;

/// <summary>What is remembered of a framework's span while it runs; it lives on the span and goes with it.</summary>
internal sealed class NativeSpan
{
    private const string Property = "agenttrace.native";
    private volatile SpanFailure? _failure;
    private int _counted;
    private int _ended;

    /// <summary>The span that says the same already, into which this one is folded; null for a span that is exported.</summary>
    public Activity? Host { get; private set; }

    /// <summary>How the last step inside failed, where the span did not go on after it.</summary>
    public SpanFailure? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    public static NativeSpan? Of(Activity activity) => activity.GetCustomProperty(Property) as NativeSpan;

    public static NativeSpan Attach(Activity activity)
    {
        var span = new NativeSpan();
        activity.SetCustomProperty(Property, span);
        return span;
    }

    /// <summary>The nearest parent that is exported and still runs; null when there is none.</summary>
    public static Activity? ParentThatStays(Activity activity)
    {
        // A turn that was opened when this span started stands beside its parents, not among them.
        if (Of(activity)?.Host is { IsStopped: false } host && !ReferenceEquals(host, activity.Parent) && activity.Parent is { IsStopped: true })
            return host;
        Activity? parent = activity.Parent;
        while (parent is not null && (parent.IsStopped || Of(parent) is { Host: not null }))
            parent = parent.Parent;
        return parent;
    }

    /// <summary>
    /// Folds the span, which has just started, into one that says the same: it is not exported, its children hang under its parent.
    /// </summary>
    /// <remarks>Its data is still collected, to be given to <paramref name="host"/> at the end.</remarks>
    public void FoldInto(Activity host, Activity activity)
    {
        Host = host;
        activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        if (ReferenceEquals(Activity.Current, activity))
            Activity.Current = ParentThatStays(activity);
    }

    /// <summary>True once: a turn is counted once.</summary>
    public bool TryCount() => Interlocked.Exchange(ref _counted, 1) == 0;

    /// <summary>True once: with several tracer providers the end is seen several times.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
