using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent is handed almost the same request again: its answer to the first was no answer.</summary>
internal sealed class AskedAgainSignal : ISignal
{
    private const double Alike = 0.5;
    private const int LookBack = 4;

    public string Name => "asked-again";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        Dictionary<string, List<StepView>> requests = new(StringComparer.OrdinalIgnoreCase);
        HashSet<int> again = [];
        foreach (StepView step in run.Steps)
        {
            if (step.Step.HandoffTo is not { } target)
                continue;
            if (!requests.TryGetValue(target, out List<StepView>? earlier))
                requests[target] = earlier = [];
            foreach (StepView request in earlier.TakeLast(LookBack))
            {
                if (WordScan.Likeness(request.Words.Words, step.Words.Words) < Alike)
                    continue;
                if (again.Add(request.Index) && Answer(run, request, target) is { } answer)
                {
                    yield return new SignalHit(answer.Index, 1, $"{step.Agent} has to ask {answer.Agent} in step {step.Index} for what step {request.Index} asked already, so that step {answer.Index} was no answer")
                    {
                        EvidenceSteps = [request.Index, step.Index],
                    };
                }

                break;
            }

            earlier.Add(step);
        }
    }

    private static StepView? Answer(RunView run, StepView request, string target) =>
        run.Steps.Skip(request.Index + 1).FirstOrDefault(step => string.Equals(step.Agent, target, StringComparison.OrdinalIgnoreCase));
}
