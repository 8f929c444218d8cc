using System.Net;
using System.Text;

namespace AgentTrace.TestKit.Otlp;

/// <summary>What an OTLP/HTTP receiver answered.</summary>
public sealed record OtlpHttpAnswer(HttpStatusCode Status, string? MediaType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public ExportResponse Response => ExportResponse.Parser.ParseFrom(Body);

    public RpcStatus Error => RpcStatus.Parser.ParseFrom(Body);
}
