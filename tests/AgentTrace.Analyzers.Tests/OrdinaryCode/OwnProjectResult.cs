namespace AgentTrace.Analyzers.Tests.OrdinaryCode;

/// <summary>What the rules said of one project.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Whole">Those that compiled without an error.</param>
/// <param name="Findings">One line a finding: rule and file.</param>
internal sealed record OwnProjectResult(int Files, int Whole, IReadOnlyList<string> Findings);
