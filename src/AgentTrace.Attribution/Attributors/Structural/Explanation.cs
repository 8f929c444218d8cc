using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>Says why a step is blamed, and what a person should look at to check it.</summary>
internal static class Explanation
{
    private const int MostReasons = 3;

    public static string Reason(StepScore score)
    {
        string[] reasons = [.. score.Evidence.Take(MostReasons).Select(hit => hit.Reason)];
        return reasons.Length == 0
            ? $"Nothing in the run stands out; step {score.Step} is named by its place alone."
            : string.Join(" ", reasons.Select(reason => $"{reason}."));
    }

    /// <summary>The blamed turn, then the tool calls and other turns that the reasons rest on; each once.</summary>
    public static IReadOnlyList<string> SpanIds(AgentRun run, StepScore score)
    {
        List<string> ids = [];
        Add(run.Steps[score.Step].SpanId);
        foreach (SignalHit hit in score.Evidence.Take(MostReasons))
        {
            foreach (string id in hit.EvidenceSpanIds)
                Add(id);
            foreach (int step in hit.EvidenceSteps)
                Add(run.Steps[step].SpanId);
        }

        return ids;

        void Add(string? id)
        {
            if (id is not null && !ids.Contains(id))
                ids.Add(id);
        }
    }
}
