using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Events;

/// <summary>Tells a run as a sequence of events, without any of its names and contents: what a trace model reads.</summary>
public static class RunEvents
{
    /// <summary>A run's events, in order: its start, for each step who acts, what was called and how that ended, what was said and who is handed to, and its end.</summary>
    public static IReadOnlyList<RunEvent> Of(AgentRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using RunView view = new(run);
        return Of(view);
    }

    internal static IReadOnlyList<RunEvent> Of(RunView run)
    {
        var teller = new RunTeller(run);
        teller.Tell();
        return teller.Events;
    }
}
