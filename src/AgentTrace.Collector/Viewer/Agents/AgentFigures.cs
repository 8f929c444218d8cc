namespace AgentTrace.Collector.Viewer.Agents;

/// <summary>How one agent fared in the runs that were looked at.</summary>
/// <param name="Agent">Its name.</param>
/// <param name="Runs">Runs it took part in.</param>
/// <param name="Blamed">Runs it is blamed for.</param>
/// <param name="Kinds">How often for each kind of failure, the most frequent first.</param>
/// <param name="OverTime">How often in each of the report's spans of time, the oldest first.</param>
public sealed record AgentFigures(string Agent, int Runs, int Blamed, IReadOnlyList<(string Kind, int Count)> Kinds, IReadOnlyList<int> OverTime);
