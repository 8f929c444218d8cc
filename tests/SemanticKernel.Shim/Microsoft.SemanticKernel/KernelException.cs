namespace Microsoft.SemanticKernel;

/// <summary>Any failure the kernel reports by itself.</summary>
public class KernelException : Exception
{
    public KernelException()
    {
    }

    public KernelException(string? message) : base(message)
    {
    }

    public KernelException(string? message, Exception? innerException) : base(message, innerException)
    {
    }
}
