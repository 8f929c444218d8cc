namespace AgentTrace.Attribution.Attributors;

/// <summary>The model that a method asks could not be asked, or gave nothing that can be read as an answer.</summary>
public sealed class JudgeException : Exception
{
    /// <summary>Creates the exception.</summary>
    public JudgeException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public JudgeException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
