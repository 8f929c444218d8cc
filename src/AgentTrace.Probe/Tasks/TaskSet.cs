namespace AgentTrace.Probe.Tasks;

/// <summary>The prompts of a task that a circuit is found on, or judged by.</summary>
public sealed class TaskSet
{
    private readonly TaskPrompt[] _prompts;

    /// <summary>Creates the set.</summary>
    /// <exception cref="ArgumentException">There is no prompt, or none with one of the two answers.</exception>
    public TaskSet(string name, IEnumerable<TaskPrompt> prompts)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        (Name, _prompts) = (name, [.. prompts]);
        if (!_prompts.Any(prompt => prompt.FirstIsRight) || _prompts.All(prompt => prompt.FirstIsRight))
            throw new ArgumentException($"The task {name} has {_prompts.Length} prompts, and not both answers among them. Give pairs of prompts with different answers.", nameof(prompts));
        if (_prompts.FirstOrDefault(prompt => prompt.Tokens.Count == 0) is not null)
            throw new ArgumentException($"The task {name} has an empty prompt. Give at least one token before the answer.", nameof(prompts));
    }

    /// <summary>The task.</summary>
    public string Name { get; }

    /// <summary>The prompts, pairs side by side.</summary>
    public IReadOnlyList<TaskPrompt> Prompts => _prompts;

    /// <summary>Draws pairs of a task.</summary>
    public static TaskSet Draw(ICircuitTask task, int pairs, int seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        var random = new Random(seed);
        return new TaskSet(task.Name, Enumerable.Range(0, pairs).SelectMany(_ =>
        {
            (TaskPrompt first, TaskPrompt second) = task.Pair(random);
            return new[] { first, second };
        }).ToArray());
    }
}
