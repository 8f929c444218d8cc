using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Where requests go that an endpoint refused for good.</summary>
internal interface IRefusedRequests
{
    /// <summary>Keeps them or not; says for the log what was done.</summary>
    string Keep(ForwardingEndpoint endpoint, OtlpSignal signal, OtlpExport export, string reason);
}
