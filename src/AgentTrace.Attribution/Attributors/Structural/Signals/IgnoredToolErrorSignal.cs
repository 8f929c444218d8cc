using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A tool failed, and what the agent then said goes on as if it had not.</summary>
internal sealed class IgnoredToolErrorSignal : ISignal
{
    public string Name => "ignored-tool-error";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        foreach (ToolFailure failure in ToolFailure.Unrecovered(run))
        {
            StepView step = failure.Step;
            if (step.Text.Length == 0 || step.Text.AsSpan().IndexOfAny(Phrases.Acknowledged) >= 0)
                continue;
            StepView? user = run.Steps.Skip(step.Index + 1).FirstOrDefault(later => !later.IsExecutor && !later.IsHuman);
            yield return new SignalHit(
                step.Index, 1, $"{step.Agent} answers in step {step.Index} without a word of it: \"{BoundedText.Quote(step.Text)}\"")
            {
                EvidenceSteps = user is null ? [] : [user.Index],
                EvidenceSpanIds = failure.Call.SpanId is { } id ? [id] : [],
            };
        }
    }
}
