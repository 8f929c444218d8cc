namespace AgentTrace.Attribution.Learning;

/// <summary>A file that is no ranker this version can use. The message says what is wrong, where, and what to do.</summary>
public sealed class RankerFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RankerFormatException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public RankerFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
