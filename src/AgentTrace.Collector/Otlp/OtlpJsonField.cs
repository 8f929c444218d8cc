namespace AgentTrace.Collector.Otlp;

/// <summary>How one member of an OTLP JSON object becomes a protobuf field.</summary>
/// <param name="Number">The field number.</param>
/// <param name="Kind">How the value is written.</param>
/// <param name="Message">The nested message's members; null for a scalar.</param>
/// <param name="Names">An enumeration's names in the order of their numbers; null elsewhere.</param>
internal sealed record OtlpJsonField(int Number, OtlpJsonKind Kind, Func<OtlpJsonMessage>? Message = null, string[]? Names = null);
