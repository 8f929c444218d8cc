namespace AgentTrace.Collector.Otlp;

/// <summary>A request that is no valid OTLP. The message says what is wrong and where; the sender must not send it again.</summary>
public sealed class OtlpFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    public OtlpFormatException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public OtlpFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
