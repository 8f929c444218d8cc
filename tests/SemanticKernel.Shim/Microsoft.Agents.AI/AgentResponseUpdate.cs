using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>A piece of a streamed answer.</summary>
public class AgentResponseUpdate
{
    public AgentResponseUpdate()
    {
    }

    public AgentResponseUpdate(ChatRole? role, string? content) : this(role, content is null ? null : [new TextContent(content)])
    {
    }

    public AgentResponseUpdate(ChatRole? role, IList<AIContent>? contents)
    {
        Role = role;
        Contents = contents;
    }

    public AgentResponseUpdate(ChatResponseUpdate chatResponseUpdate)
    {
        ArgumentNullException.ThrowIfNull(chatResponseUpdate);
        AuthorName = chatResponseUpdate.AuthorName;
        Role = chatResponseUpdate.Role;
        Contents = chatResponseUpdate.Contents;
        ResponseId = chatResponseUpdate.ResponseId;
        MessageId = chatResponseUpdate.MessageId;
        CreatedAt = chatResponseUpdate.CreatedAt;
        FinishReason = chatResponseUpdate.FinishReason;
        RawRepresentation = chatResponseUpdate;
        AdditionalProperties = chatResponseUpdate.AdditionalProperties;
    }

    public string? AuthorName
    {
        get;
        set => field = string.IsNullOrWhiteSpace(value) ? null : value;
    }

    public ChatRole? Role { get; set; }

    [AllowNull]
    public IList<AIContent> Contents
    {
        get => field ??= [];
        set;
    }

    public string Text => string.Concat(Contents.OfType<TextContent>());

    public string? AgentId { get; set; }

    public string? ResponseId { get; set; }

    public string? MessageId { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public ChatFinishReason? FinishReason { get; set; }

    public object? RawRepresentation { get; set; }

    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    public override string ToString() => Text;
}
