using AgentTrace.Attribution.Attributors.Structural.Signals;
using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>Says why a step is blamed, and what a person should look at to check it.</summary>
internal sealed class Explanation
{
    private const int MostReasons = 3;

    public Explanation(RunView run, StepScores scores, int step)
    {
        SignalEvidence[] evidence = [.. scores.EvidenceOf(step).Take(MostReasons).Select(seen => seen.Signal.Explain(run, seen.Hit))];
        Reason = evidence.Length == 0
            ? $"Nothing in the run stands out; step {step} is named by its place alone."
            : string.Join(" ", evidence.Select(seen => $"{seen.Reason}."));
        SpanIds = SpansOf(run, step, evidence);
    }

    public string Reason { get; }

    /// <summary>The blamed turn, then the tool calls and other turns that the reasons rest on; each once.</summary>
    public IReadOnlyList<string> SpanIds { get; }

    private static List<string> SpansOf(RunView run, int step, SignalEvidence[] evidence)
    {
        List<string> ids = [];
        Add(run.Run.Steps[step].SpanId);
        foreach (SignalEvidence seen in evidence)
        {
            foreach (string id in seen.SpanIds)
                Add(id);
            foreach (int other in seen.Steps)
                Add(run.Run.Steps[other].SpanId);
        }

        return ids;

        void Add(string? id)
        {
            if (id is not null && !ids.Contains(id))
                ids.Add(id);
        }
    }
}
