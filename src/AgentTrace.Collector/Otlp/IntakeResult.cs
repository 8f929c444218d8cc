namespace AgentTrace.Collector.Otlp;

/// <summary>What became of a request that was accepted in whole or in part.</summary>
/// <param name="Rejected">How many of its spans were refused.</param>
/// <param name="Message">Why; null when none was.</param>
internal readonly record struct IntakeResult(int Rejected, string? Message);
