using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A run as signals see it.</summary>
internal sealed class RunView
{
    public RunView(AgentRun run)
    {
        Run = run;
        Steps = [.. run.Steps.Select(step => new StepView(step, run.Task))];
        TaskWords = WordScan.Of(BoundedText.Of(run.Task ?? ""));
        MarkExecutors();
    }

    public AgentRun Run { get; }

    public StepView[] Steps { get; }

    public WordScan TaskWords { get; }

    /// <summary>Whether content was captured: without it an empty output says nothing.</summary>
    public bool HasContent => Steps.Any(step => step.Text.Length > 0);

    /// <summary>The step that wrote what an execution report is about: the nearest earlier step with code or a tool call by another agent.</summary>
    public StepView? ProducerOf(StepView report)
    {
        for (int i = report.Index - 1; i >= 0; i--)
        {
            StepView step = Steps[i];
            if (!step.IsExecutor && (step.HasCode || step.Step.ToolCalls.Count > 0) && !SameAgent(step, report))
                return step;
        }

        return null;
    }

    public static bool SameAgent(StepView one, StepView other) => string.Equals(one.Agent, other.Agent, StringComparison.OrdinalIgnoreCase);

    // An agent that reports executions and never writes code itself is a machine: it runs what it is given and is not to blame for it.
    private void MarkExecutors()
    {
        foreach (IGrouping<string, StepView> agent in Steps.GroupBy(step => step.Agent, StringComparer.OrdinalIgnoreCase))
        {
            bool executor = agent.Any(step => step.IsExecutionReport) && agent.All(step => step.IsExecutionReport || (!step.HasCode && step.Step.ToolCalls.Count == 0));
            foreach (StepView step in agent)
                step.IsExecutor = executor;
        }
    }
}
