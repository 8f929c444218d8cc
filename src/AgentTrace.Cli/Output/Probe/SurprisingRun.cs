using AgentTrace.Attribution.Events;

namespace AgentTrace.Cli.Output.Probe;

/// <summary>A run and what a trace model says of it.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Events">Its events.</param>
/// <param name="Surprises">How unexpected each was.</param>
internal sealed record SurprisingRun(string Name, IReadOnlyList<RunEvent> Events, IReadOnlyList<EventSurprise> Surprises)
{
    /// <summary>Each step with the places of its events.</summary>
    public IEnumerable<(int Step, int[] Places)> Steps =>
        Enumerable.Range(0, Events.Count).Where(place => Events[place].Step >= 0).GroupBy(place => Events[place].Step, (step, places) => (step, places.ToArray()));
}
