namespace AgentTrace.Collector.Viewer.Agents;

/// <summary>How the runs of one version of the app went.</summary>
/// <param name="Version">Its <c>service.version</c>; empty for runs that name none.</param>
/// <param name="Since">When its first run came.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="MostBlamed">The agent blamed most often; null where none is.</param>
public sealed record VersionFigures(string Version, DateTimeOffset Since, int Runs, int Failed, string? MostBlamed);
