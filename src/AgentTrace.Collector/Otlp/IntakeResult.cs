namespace AgentTrace.Collector.Otlp;

/// <summary>What became of a request that was accepted in whole or in part.</summary>
/// <param name="Rejected">How many of its spans were refused.</param>
/// <param name="Message">Why; null when none was.</param>
/// <param name="Accepted">How many of its spans were accepted; 0 for other signals, whose records are not counted.</param>
internal readonly record struct IntakeResult(int Rejected, string? Message, int Accepted = 0);
