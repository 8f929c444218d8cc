namespace AgentTrace.Benchmarks.Collector;

/// <summary>What a load generator sends.</summary>
/// <param name="Address">The receiver.</param>
/// <param name="IsGrpc">OTLP/gRPC or OTLP/HTTP in protobuf.</param>
/// <param name="Batch">Spans a request.</param>
/// <param name="Senders">Closed loops, each with a connection of its own: the next request goes when the last was answered.</param>
/// <param name="SpansPerSecond">The pace of all together; 0 for as fast as they are answered.</param>
/// <param name="AgentShare">Which part of the traces are agent runs.</param>
internal sealed record LoadPlan(Uri Address, bool IsGrpc, int Batch, int Senders = 4, double SpansPerSecond = 0, double AgentShare = 0.05);
