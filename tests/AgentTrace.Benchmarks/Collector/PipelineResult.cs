namespace AgentTrace.Benchmarks.Collector;

/// <summary>What one pipeline did under one load.</summary>
/// <param name="Pipeline">How spans came in and went out.</param>
/// <param name="Batch">Spans a request.</param>
/// <param name="SpansPerCpuSecond">Delivered spans by user and system seconds of the collector's process, warm-up left out.</param>
/// <param name="SpansPerSecond">Accepted spans by seconds of the clock.</param>
/// <param name="Cores">CPU seconds by seconds of the clock.</param>
/// <param name="PeakRssMb">Largest resident set of the collector's process, MB.</param>
/// <param name="P99LatencyMs">From sending a request to its coming to the sink, milliseconds.</param>
/// <param name="Accepted">Spans the collector accepted.</param>
/// <param name="Delivered">Of those that came to the sink, each counted once.</param>
/// <param name="Lost">Accepted and never delivered.</param>
/// <param name="Duplicated">Deliveries beyond the first.</param>
internal sealed record PipelineResult(
    string Pipeline, int Batch, double SpansPerCpuSecond, double SpansPerSecond, double Cores, double PeakRssMb, double P99LatencyMs,
    long Accepted, long Delivered, long Lost, long Duplicated);
