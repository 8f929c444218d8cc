using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Viewer.Components;

namespace AgentTrace.Collector.Viewer.Pictures;

/// <summary>Where a step stands: on the run's page as it is, or on the page of a long transcript that holds it.</summary>
internal static class StepAddress
{
    public static string Of(AgentRun run, int step) =>
        run.Steps.Count <= Transcript.MostSteps ? $"#step-{step}" : $"/runs/{run.Id}?from={Math.Max(0, step - Transcript.Before)}#step-{step}";
}
