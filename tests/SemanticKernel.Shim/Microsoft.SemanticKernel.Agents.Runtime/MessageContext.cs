namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>What comes with a message.</summary>
public class MessageContext(string messageId, CancellationToken cancellationToken)
{
    public MessageContext(CancellationToken cancellation) : this(Guid.NewGuid().ToString(), cancellation)
    {
    }

    public string MessageId { get; } = messageId;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Null when the message came from outside the runtime.</summary>
    public AgentId? Sender { get; set; }

    /// <summary>Null when the message was sent to one actor.</summary>
    public TopicId? Topic { get; set; }

    public bool IsRpc { get; set; }
}
