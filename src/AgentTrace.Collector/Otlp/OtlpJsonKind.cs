namespace AgentTrace.Collector.Otlp;

/// <summary>How an OTLP JSON value is written in protobuf.</summary>
internal enum OtlpJsonKind
{
    Text,
    Boolean,
    Integer,
    Fixed64,
    Fixed32,
    Double,
    HexId,
    Base64,
    Enumeration,
    Message,
    Repeated,
    SignedFixed64,
    ZigZag,
    PackedFixed64,
    PackedDouble,
    PackedVarint,
}
