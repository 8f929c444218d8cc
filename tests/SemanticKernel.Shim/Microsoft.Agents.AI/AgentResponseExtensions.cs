using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>Answers from one vocabulary to the other, and pieces to answers.</summary>
public static class AgentResponseExtensions
{
    public static ChatResponse AsChatResponse(this AgentResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RawRepresentation as ChatResponse ?? new ChatResponse(response.Messages)
        {
            ResponseId = response.ResponseId,
            CreatedAt = response.CreatedAt,
            FinishReason = response.FinishReason,
            Usage = response.Usage,
            RawRepresentation = response,
        };
    }

    public static ChatResponseUpdate AsChatResponseUpdate(this AgentResponseUpdate responseUpdate)
    {
        ArgumentNullException.ThrowIfNull(responseUpdate);
        return responseUpdate.RawRepresentation as ChatResponseUpdate
            ?? new ChatResponseUpdate(responseUpdate.Role, responseUpdate.Contents)
            {
                AuthorName = responseUpdate.AuthorName,
                ResponseId = responseUpdate.ResponseId,
                MessageId = responseUpdate.MessageId,
                CreatedAt = responseUpdate.CreatedAt,
                FinishReason = responseUpdate.FinishReason,
                RawRepresentation = responseUpdate,
            };
    }

    public static AgentResponse ToAgentResponse(this IEnumerable<AgentResponseUpdate> updates)
    {
        AgentResponseUpdate[] all = [.. updates];
        return new AgentResponse(all.Select(AsChatResponseUpdate).ToChatResponse()) { AgentId = all.LastOrDefault()?.AgentId };
    }

    public static async Task<AgentResponse> ToAgentResponseAsync(
        this IAsyncEnumerable<AgentResponseUpdate> updates, CancellationToken cancellationToken = default) =>
        (await updates.ToListAsync(cancellationToken).ConfigureAwait(false)).ToAgentResponse();
}
