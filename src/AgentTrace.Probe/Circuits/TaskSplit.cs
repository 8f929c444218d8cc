using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Circuits;

/// <summary>A task's prompts: what masks are fitted to, what decides on nodes, and what the result is judged by.</summary>
internal sealed record TaskSplit(TaskSet Train, TaskSet Test, TaskSet HeldOut)
{
    public static TaskSplit Of(ICircuitTask task, CircuitOptions options) => task is ListedTask listed
        ? new TaskSplit(listed.Third(0), listed.Third(1), listed.Third(2))
        : new TaskSplit(
            TaskSet.Draw(task, options.TrainPairs, options.Seed), TaskSet.Draw(task, options.TestPairs, options.Seed + 1), TaskSet.Draw(task, options.TestPairs, options.Seed + 2));

    /// <summary>The tokens whose logits are compared.</summary>
    public IReadOnlyCollection<int> Answers => [.. Train.Prompts.SelectMany(prompt => new[] { prompt.First, prompt.Second }).Distinct()];
}
