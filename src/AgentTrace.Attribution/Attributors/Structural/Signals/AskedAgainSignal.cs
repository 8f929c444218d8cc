using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent is handed almost the same request again: its answer to the first was no answer.</summary>
internal sealed class AskedAgainSignal : ISignal
{
    private const double Alike = 0.5;
    private const int LookBack = 4;

    public string Name => "asked-again";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        Dictionary<string, List<Request>>? byTarget = null;
        foreach (StepView step in run.Steps)
        {
            if (byTarget is not null && byTarget.TryGetValue(step.Agent, out List<Request>? waiting))
                Answer(waiting, step.Index, hits);
            if (step.Step.HandoffTo is not { } target)
                continue;
            byTarget ??= new Dictionary<string, List<Request>>(StringComparer.OrdinalIgnoreCase);
            if (!byTarget.TryGetValue(target, out List<Request>? earlier))
                byTarget[target] = earlier = [];
            foreach (Request request in earlier)
            {
                if (run.Likeness(step, run.Steps[request.Step], Alike) < Alike)
                    continue;
                if (request.Again < 0 && request.Answer >= 0)
                    hits.Add(new SignalHit(request.Answer, 1, request.Step, step.Index));
                if (request.Again < 0)
                    request.Again = step.Index;
                break;
            }

            if (earlier.Count == LookBack)
                earlier.RemoveAt(0);
            earlier.Add(new Request { Step = step.Index });
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit) =>
        new($"{run.Steps[hit.Detail].Agent} has to ask {run.Steps[hit.Step].Agent} in step {hit.Detail} for what step {hit.Other} asked already, so that step {hit.Step} was no answer")
        {
            Steps = [hit.Other, hit.Detail],
        };

    // A request that was made twice before anyone spoke is answered, badly, by the first who does.
    private static void Answer(List<Request> requests, int step, ICollection<SignalHit> hits)
    {
        foreach (Request request in requests)
        {
            if (request.Answer >= 0)
                continue;
            request.Answer = step;
            if (request.Again >= 0)
                hits.Add(new SignalHit(step, 1, request.Step, request.Again));
        }
    }

    private sealed class Request
    {
        public required int Step { get; init; }

        public int Answer { get; set; } = -1;

        public int Again { get; set; } = -1;
    }
}
