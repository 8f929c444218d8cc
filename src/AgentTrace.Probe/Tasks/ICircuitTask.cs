namespace AgentTrace.Probe.Tasks;

/// <summary>Something a model can do that comes down to one of two next tokens: prompts in pairs that differ in what decides the answer.</summary>
public interface ICircuitTask
{
    /// <summary>The name, for example <c>single_double_quote</c>.</summary>
    string Name { get; }

    /// <summary>What decides the answer, in words.</summary>
    string Description { get; }

    /// <summary>Makes a pair: two prompts alike but for what decides the answer, the first with <see cref="TaskPrompt.FirstIsRight"/>.</summary>
    /// <param name="random">Where its randomness comes from.</param>
    (TaskPrompt First, TaskPrompt Second) Pair(Random random);
}
