namespace AgentTrace.Attribution.Attributors;

/// <summary>How likely one step is the decisive error.</summary>
/// <param name="Step">0-based index of the step.</param>
/// <param name="Agent">The agent that acts there.</param>
/// <param name="Probability">0..1.</param>
public sealed record StepBlame(int Step, string Agent, double Probability);
