namespace Microsoft.SemanticKernel.Agents;

/// <summary>How one turn is to be taken.</summary>
public class AgentInvokeOptions
{
    public AgentInvokeOptions()
    {
    }

    public AgentInvokeOptions(AgentInvokeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        KernelArguments = options.KernelArguments;
        Kernel = options.Kernel;
        AdditionalInstructions = options.AdditionalInstructions;
        OnIntermediateMessage = options.OnIntermediateMessage;
    }

    public KernelArguments? KernelArguments { get; init; }

    public Kernel? Kernel { get; init; }

    public string AdditionalInstructions { get; init; } = "";

    /// <summary>Is told every message of the turn: calls, their results and the answer.</summary>
    public Func<ChatMessageContent, Task>? OnIntermediateMessage { get; init; }
}
