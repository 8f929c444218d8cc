namespace AgentTrace.Attribution.Runs;

/// <summary>What a person says the decisive error of a failed run was.</summary>
/// <param name="Agent">The responsible agent, as the label writes it.</param>
/// <param name="Step">0-based index of the decisive step.</param>
/// <param name="Reason">Why, in the labeller's words; empty where the label gives none.</param>
public sealed record RunLabel(string Agent, int Step, string Reason);
