namespace AgentTrace.TestKit.Fuzz;

/// <summary>What a receiver answered to a mutated request.</summary>
/// <param name="IsAccepted">True for HTTP 200 or gRPC OK.</param>
/// <param name="IsRefused">True for HTTP 400 or gRPC INVALID_ARGUMENT; neither is a defect of the receiver.</param>
/// <param name="RejectedSpans">The partial success' number.</param>
/// <param name="Detail">Status and message, for the report.</param>
public sealed record FuzzAnswer(bool IsAccepted, bool IsRefused, long RejectedSpans, string Detail);
