namespace AgentTrace.Attribution.Attributors.JudgeAndCheck;

/// <summary>A step that was proposed and what the checks found.</summary>
/// <param name="Step">The step.</param>
/// <param name="Reason">The model's reason.</param>
/// <param name="Passed">How many criteria it met.</param>
/// <param name="Objections">What spoke against it, in our own words.</param>
internal sealed record Proposal(int Step, string Reason, int Passed, IReadOnlyList<string> Objections);
