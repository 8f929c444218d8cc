namespace AgentTrace.Collector.Viewer.Agents;

/// <summary>How often one agent was followed by another.</summary>
/// <param name="From">Who acted first.</param>
/// <param name="To">Who acted next.</param>
/// <param name="Count">How often.</param>
/// <param name="IntoCulprit">How often the next step was the one that broke its run.</param>
public sealed record HandoffFigures(string From, string To, int Count, int IntoCulprit);
