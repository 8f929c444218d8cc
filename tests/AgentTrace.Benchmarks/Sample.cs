namespace AgentTrace.Benchmarks;

/// <summary>One measured round: what one operation took.</summary>
internal readonly record struct Sample(double Nanoseconds, double Bytes);
