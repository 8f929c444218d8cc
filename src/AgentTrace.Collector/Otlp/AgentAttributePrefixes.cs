namespace AgentTrace.Collector.Otlp;

/// <summary>Which attribute names make a span an agent span.</summary>
internal static class AgentAttributePrefixes
{
    public static bool Match(ReadOnlySpan<byte> key)
    {
        // Nearly all attributes are none of ours, and the first letter tells.
        if (key.IsEmpty)
            return false;
        return key[0] switch
        {
            (byte)'g' => key.StartsWith("gen_ai."u8),
            (byte)'a' => key.StartsWith("agenttrace."u8),
            (byte)'o' => key.StartsWith("openinference."u8),
            (byte)'t' => key.StartsWith("traceloop."u8),
            _ => false,
        };
    }
}
