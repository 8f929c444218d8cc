using System.Diagnostics;
using AgentTrace.Diagnostics;

namespace AgentTrace.Spans;

/// <summary>Keeps <see cref="Activity.Current"/> right where plain start and stop would not.</summary>
internal static class CurrentActivity
{
    /// <summary>The nearest of the current activity and its parents that carries <paramref name="property"/>.</summary>
    public static T? Find<T>(string property)
        where T : class
    {
        for (Activity? activity = Activity.Current; activity is not null; activity = activity.Parent)
            if (activity.GetCustomProperty(property) is T found)
                return found;
        return null;
    }

    /// <summary>Stops the activity in any order.</summary>
    /// <remarks>
    /// <see cref="Activity.Stop"/> makes the stopped activity's predecessor current, even when a child is still open or
    /// the predecessor has been stopped before. Here an open child stays current, and a stopped activity never becomes it.
    /// </remarks>
    public static void Stop(Activity activity)
    {
        Activity? before = Activity.Current;
        try
        {
            activity.Stop();
        }
        catch (Exception exception)
        {
            // A listener threw: the app's own processor, not ours to let through into the agent.
            AgentTraceEventSource.Log.RecordingFailed("stop a span", exception);
        }

        Activity? after = Activity.Current;
        Activity? next = before == activity ? after : before;
        while (next is { IsStopped: true })
            next = next.Parent;
        if (next != after)
            Activity.Current = next;
    }
}
