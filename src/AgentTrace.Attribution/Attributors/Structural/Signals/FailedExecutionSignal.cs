using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A program failed when it was run: blame the step that wrote it.</summary>
internal sealed class FailedExecutionSignal : ISignal
{
    public string Name => "failed-execution";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        double strength = 1;
        foreach (StepView report in run.Steps)
        {
            if (!report.ExecutionFailed || run.ProducerOf(report) is not { } producer)
                continue;
            int error = report.Text.AsSpan().IndexOfAny(Phrases.ErrorOutput);
            yield return new SignalHit(
                producer.Index, strength, $"What {producer.Agent} wrote in step {producer.Index} failed when step {report.Index} ran it: \"{BoundedText.Quote(report.Text, Math.Max(0, error))}\"")
            {
                EvidenceSteps = [report.Index],
            };
            // Later failures are mostly attempts to repair the first.
            strength *= 0.7;
        }
    }
}
