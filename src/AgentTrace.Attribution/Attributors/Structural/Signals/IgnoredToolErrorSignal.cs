using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A tool failed, and what the agent then said goes on as if it had not.</summary>
internal sealed class IgnoredToolErrorSignal : ISignal
{
    public string Name => "ignored-tool-error";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        for (int i = 0; i < run.ToolFailures.Count; i++)
        {
            StepView step = run.ToolFailures[i].Step;
            if (step.Text.Length > 0 && !step.Acknowledges)
                hits.Add(new SignalHit(step.Index, 1, Detail: i));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView step = run.Steps[hit.Step];
        StepView? user = run.Steps.Skip(hit.Step + 1).FirstOrDefault(later => !later.IsExecutor && !later.IsHuman);
        return new SignalEvidence($"{step.Agent} answers in step {hit.Step} without a word of it: \"{BoundedText.Quote(step.Step.Output)}\"")
        {
            Steps = user is null ? [] : [user.Index],
            SpanIds = run.ToolFailures[hit.Detail].SpanIds,
        };
    }
}
