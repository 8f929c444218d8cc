namespace AgentTrace.TestKit.Otlp;

/// <summary>One export request of metrics or logs as it came.</summary>
public sealed record ReceivedSignal(string Signal, bool IsGrpc, string ContentType, byte[] Body);
