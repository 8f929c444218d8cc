using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

public abstract partial class AIAgent
{
    public Task<AgentResponse<T>> RunAsync<T>(
        AgentSession? session = null,
        JsonSerializerOptions? serializerOptions = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync<T>([], session, serializerOptions, options, cancellationToken);

    public Task<AgentResponse<T>> RunAsync<T>(
        string message,
        AgentSession? session = null,
        JsonSerializerOptions? serializerOptions = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync<T>(new ChatMessage(ChatRole.User, message), session, serializerOptions, options, cancellationToken);

    public Task<AgentResponse<T>> RunAsync<T>(
        ChatMessage message,
        AgentSession? session = null,
        JsonSerializerOptions? serializerOptions = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default) =>
        RunAsync<T>([message], session, serializerOptions, options, cancellationToken);

    public async Task<AgentResponse<T>> RunAsync<T>(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        JsonSerializerOptions? serializerOptions = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        serializerOptions ??= AIJsonUtilities.DefaultOptions;
        options = options?.Clone() ?? new AgentRunOptions();
        options.ResponseFormat = ChatResponseFormat.ForJsonSchema<T>(serializerOptions);
        AgentResponse response = await RunAsync(messages, session, options, cancellationToken).ConfigureAwait(false);
        return new AgentResponse<T>(response, serializerOptions);
    }
}
