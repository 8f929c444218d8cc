namespace AgentTrace.TestKit.Otlp;

/// <summary>What an OTLP/gRPC receiver answered.</summary>
public sealed record OtlpGrpcAnswer(int Status, string? Message, byte[] Body)
{
    public ExportResponse Response => ExportResponse.Parser.ParseFrom(Body);
}
