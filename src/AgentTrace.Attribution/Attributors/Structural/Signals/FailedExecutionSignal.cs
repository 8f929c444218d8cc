using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A program failed when it was run: blame the step that wrote it.</summary>
internal sealed class FailedExecutionSignal : ISignal
{
    // Later failures are mostly attempts to repair the first.
    private const double Decay = 0.7;

    public string Name => "failed-execution";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        double strength = 1;
        foreach (StepView report in run.Steps)
        {
            if (!report.ExecutionFailed || run.ProducerOf(report) is not { } producer)
                continue;
            hits.Add(new SignalHit(producer.Index, strength, report.Index));
            strength *= Decay;
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        string error = run.Steps[hit.Other].Text.Quote(Phrases.ErrorOutput);
        return new SignalEvidence($"What {run.Steps[hit.Step].Agent} wrote in step {hit.Step} failed when step {hit.Other} ran it: \"{error}\"")
        {
            Steps = [hit.Other],
        };
    }
}
