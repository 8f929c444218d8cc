namespace AgentTrace.Probe.Tasks;

/// <summary>A prompt whose next token is one of two.</summary>
/// <param name="Tokens">The prompt.</param>
/// <param name="First">The task's first candidate, whether right or not.</param>
/// <param name="Second">Its second candidate.</param>
/// <param name="FirstIsRight">Which of them comes next.</param>
public sealed record TaskPrompt(IReadOnlyList<int> Tokens, int First, int Second, bool FirstIsRight);
