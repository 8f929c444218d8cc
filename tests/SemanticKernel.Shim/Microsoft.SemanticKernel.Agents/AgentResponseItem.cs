namespace Microsoft.SemanticKernel.Agents;

/// <summary>A piece of an answer with the thread it belongs to.</summary>
public class AgentResponseItem<TMessage>(TMessage message, AgentThread thread)
{
    public TMessage Message { get; } = message;

    public AgentThread Thread { get; } = thread;

    public static implicit operator TMessage(AgentResponseItem<TMessage> responseItem) => responseItem.Message;
}
