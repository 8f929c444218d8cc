namespace AgentTrace.Benchmarks.Collector.Faults;

/// <summary>What one fault did to the spans.</summary>
/// <param name="Fault">What went wrong.</param>
/// <param name="Accepted">Spans the collector answered for with success.</param>
/// <param name="Delivered">Of those that came to the backend, each counted once.</param>
/// <param name="SetAside">Of those that the backend refused for good and the collector keeps in files.</param>
/// <param name="Lost">Accepted, and neither delivered nor set aside.</param>
/// <param name="Duplicated">Deliveries beyond the first.</param>
/// <param name="AskedToWait">Requests that were answered with "try again later" instead of being accepted.</param>
internal sealed record FaultResult(string Fault, long Accepted, long Delivered, long SetAside, long Lost, long Duplicated, long AskedToWait);
