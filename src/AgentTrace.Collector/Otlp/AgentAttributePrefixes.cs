namespace AgentTrace.Collector.Otlp;

/// <summary>Which attribute names make a span an agent span.</summary>
internal static class AgentAttributePrefixes
{
    public static bool Match(ReadOnlySpan<byte> key) =>
        key.StartsWith("gen_ai."u8) || key.StartsWith("agenttrace."u8) || key.StartsWith("openinference."u8) || key.StartsWith("traceloop."u8);
}
