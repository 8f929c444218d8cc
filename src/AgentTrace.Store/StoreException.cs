namespace AgentTrace.Store;

/// <summary>The store cannot be used: out of reach, broken, or another version's. The message says which store, what is wrong and what to do.</summary>
public sealed class StoreException : Exception
{
    /// <summary>With what is wrong.</summary>
    public StoreException(string message) : base(message)
    {
    }

    /// <summary>With what is wrong and why.</summary>
    public StoreException(string message, Exception cause) : base(message, cause)
    {
    }
}
