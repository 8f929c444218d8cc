namespace AgentTrace.Attribution.Runs;

/// <summary>A log or trace that cannot be read as a run. The message says what is wrong, where, and what to do.</summary>
public sealed class RunFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RunFormatException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public RunFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
