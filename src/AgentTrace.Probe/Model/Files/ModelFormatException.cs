namespace AgentTrace.Probe.Model.Files;

/// <summary>A model file that cannot be read; the message says which file, what is wrong, where, and what to do.</summary>
public sealed class ModelFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what caused it.</summary>
    public ModelFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public ModelFormatException()
    {
    }
}
