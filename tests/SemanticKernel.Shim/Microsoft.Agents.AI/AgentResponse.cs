using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>An agent's answer.</summary>
public class AgentResponse
{
    public AgentResponse()
    {
    }

    public AgentResponse(ChatMessage message) => Messages = [message];

    public AgentResponse(IList<ChatMessage>? messages) => Messages = messages;

    public AgentResponse(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        Messages = response.Messages;
        ResponseId = response.ResponseId;
        CreatedAt = response.CreatedAt;
        FinishReason = response.FinishReason;
        Usage = response.Usage;
        RawRepresentation = response;
        AdditionalProperties = response.AdditionalProperties;
    }

    protected AgentResponse(AgentResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        Messages = response.Messages;
        AgentId = response.AgentId;
        ResponseId = response.ResponseId;
        CreatedAt = response.CreatedAt;
        FinishReason = response.FinishReason;
        Usage = response.Usage;
        RawRepresentation = response;
        AdditionalProperties = response.AdditionalProperties;
    }

    [AllowNull]
    public IList<ChatMessage> Messages
    {
        get => field ??= [];
        set;
    }

    public string Text => string.Concat(Messages.Select(message => message.Text));

    public string? AgentId { get; set; }

    public string? ResponseId { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public ChatFinishReason? FinishReason { get; set; }

    public UsageDetails? Usage { get; set; }

    public object? RawRepresentation { get; set; }

    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    public override string ToString() => Text;
}
