namespace AgentTrace.Probe.Circuits;

/// <summary>No circuit reaches the loss that was asked for; the message says what is reached and what to do.</summary>
public sealed class CircuitNotFoundException : Exception
{
    /// <summary>Creates the exception.</summary>
    public CircuitNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with what caused it.</summary>
    public CircuitNotFoundException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates the exception without a message.</summary>
    public CircuitNotFoundException()
    {
    }
}
