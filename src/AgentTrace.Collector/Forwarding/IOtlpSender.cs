namespace AgentTrace.Collector.Forwarding;

/// <summary>Makes one attempt to pass a request on to one endpoint.</summary>
internal interface IOtlpSender : IDisposable
{
    /// <summary>Sends; what the endpoint answered comes back as a result, a failed connection as an <see cref="HttpRequestException"/>.</summary>
    Task<SendResult> SendAsync(OtlpExport export, CancellationToken cancellationToken);
}
