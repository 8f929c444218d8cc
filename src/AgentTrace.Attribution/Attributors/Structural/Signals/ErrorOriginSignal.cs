using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A tool or a turn failed on something that it was given: blame the step that first put it into the world.</summary>
/// <remarks>
/// The failed call's arguments and its error are searched for names and numbers that came from outside the failing step. Which steps may have
/// brought them is read from the spans: those the turn links to and those it hangs under, and theirs in turn; where there are no spans, from the
/// order of the steps.
/// </remarks>
internal sealed class ErrorOriginSignal : ISignal
{
    private const int MostHops = 64;
    private const double WithoutSpans = 0.5;

    public string Name => "error-origin";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        Dictionary<string, int>? spans = null;
        HashSet<int>? sources = null;
        for (int i = 0; i < run.ToolFailures.Count; i++)
        {
            ToolFailure failure = run.ToolFailures[i];
            StepView failed = failure.Step;
            spans ??= SpansOf(run);
            sources ??= [];
            sources.Clear();
            Collect(run, spans, failed, sources);
            bool bySpans = sources.Count > 0;
            int origin = run.FirstStepWithFact($"{failure.Call.Arguments} {failure.Call.Error}", failed.Index, bySpans ? sources : null);
            if (origin >= 0 && !run.Steps[origin].StatesTask && !run.Steps[origin].IsHuman)
                hits.Add(new SignalHit(origin, bySpans ? 1 : WithoutSpans, failed.Index, i));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        ToolFailure failure = run.ToolFailures[hit.Detail];
        return new SignalEvidence(
            $"The tool {failure.Call.Name} failed in step {hit.Other} on what {run.Steps[hit.Step].Agent} brought in in step {hit.Step}: \"{BoundedText.Quote(failure.What)}\"")
        {
            Steps = [hit.Other],
            SpanIds = failure.SpanIds,
        };
    }

    private static Dictionary<string, int> SpansOf(RunView run)
    {
        Dictionary<string, int> spans = new(StringComparer.OrdinalIgnoreCase);
        foreach (StepView step in run.Steps)
        {
            if (step.Step.SpanId is { } id)
                spans.TryAdd(id, step.Index);
        }

        return spans;
    }

    /// <summary>The steps that a step got its input from, over links and parents; a hostile trace may close a circle, and is followed so far and no further.</summary>
    private static void Collect(RunView run, Dictionary<string, int> spans, StepView step, HashSet<int> sources)
    {
        Queue<StepView> open = new([step]);
        for (int hop = 0; hop < MostHops && open.TryDequeue(out StepView? from); hop++)
        {
            foreach (string id in from.Step.LinkedSpanIds.Append(from.Step.ParentSpanId ?? ""))
            {
                if (spans.TryGetValue(id, out int source) && source != step.Index && sources.Count < MostHops && sources.Add(source))
                    open.Enqueue(run.Steps[source]);
            }
        }
    }
}
