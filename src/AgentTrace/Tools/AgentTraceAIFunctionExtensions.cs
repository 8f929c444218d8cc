using AgentTrace.Tools;

// In the namespace of AIFunction: whoever has a function sees the extension without another using.
namespace Microsoft.Extensions.AI;

/// <summary>Adds AgentTrace to functions that a model may call.</summary>
public static class AgentTraceAIFunctionExtensions
{
    /// <summary>Records each call of the function as a tool call, unless the caller records it already.</summary>
    /// <param name="function">The function to call.</param>
    /// <returns>A function that records and passes on; <paramref name="function"/> itself when it records already.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="function"/> is null.</exception>
    public static AIFunction WithAgentTrace(this AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return TracedFunction.Wrap(function);
    }
}
