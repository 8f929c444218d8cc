using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Without a folder there is nowhere to keep what an endpoint refuses: it is dropped, counted and logged.</summary>
internal sealed class DroppedRequests : IRefusedRequests
{
    public string Keep(ForwardingEndpoint endpoint, OtlpSignal signal, OtlpExport export, string reason) => "dropped; with a queue folder it would be kept";
}
