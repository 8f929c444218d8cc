using System.Diagnostics;
using AgentTrace.Conventions;
using AgentTrace.Diagnostics;

namespace AgentTrace.NativeSpans;

/// <summary>Watches the frameworks' sources, and ours for the spans inside their turns, while one tracer provider lives.</summary>
/// <remarks>
/// A listener rather than a span processor: the SDK references OpenTelemetry's API only, listeners are called in the order in which they
/// were added, and so this one, added before the provider's, comes before all of its processors. It samples nothing by itself.
/// </remarks>
internal sealed class NativeSpanListener : IDisposable
{
    private readonly ActivityListener _listener;
    private bool _disposed;

    public NativeSpanListener()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ActivitySources.AgentTrace || NativeSources.Contains(source.Name),
            ActivityStarted = static activity => Guarded("read the start of a framework's span", activity, NativeSpanNormalizer.OnStart),
            ActivityStopped = static activity => Guarded("normalise a framework's span", activity, NativeSpanNormalizer.OnStop),
        };
        Activity.CurrentChanged += KeepFoldedSpansFromBeingCurrent;
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Activity.CurrentChanged -= KeepFoldedSpansFromBeingCurrent;
        _listener.Dispose();
    }

    // Streams make their span current again after each item. Children that then hung under a folded span would hang under nothing.
    private static void KeepFoldedSpansFromBeingCurrent(object? sender, ActivityChangedEventArgs change)
    {
        if (change.Current is { } current && NativeSpan.Of(current) is { Host: not null })
            Guarded("replace a folded span", current, static folded => Activity.Current = NativeSpan.ParentThatStays(folded));
    }

    private static void Guarded(string what, Activity activity, Action<Activity> act)
    {
        try
        {
            act(activity);
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.RecordingFailed(what, exception);
        }
    }
}
