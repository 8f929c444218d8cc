using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Microsoft.Agents.AI;

/// <summary>An agent over a chat client.</summary>
public sealed class ChatClientAgent : AIAgent
{
    private readonly ChatClientAgentOptions _options;
    private readonly AIAgentMetadata _metadata;

    public ChatClientAgent(
        IChatClient chatClient,
        string? instructions = null,
        string? name = null,
        string? description = null,
        IList<AITool>? tools = null,
        ILoggerFactory? loggerFactory = null,
        IServiceProvider? services = null)
        : this(
            chatClient,
            new ChatClientAgentOptions
            {
                Name = name,
                Description = description,
                ChatOptions = new ChatOptions { Instructions = instructions, Tools = tools },
            },
            loggerFactory,
            services)
    {
    }

    public ChatClientAgent(
        IChatClient chatClient, ChatClientAgentOptions? options, ILoggerFactory? loggerFactory = null, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        _options = options?.Clone() ?? new ChatClientAgentOptions();
        _metadata = new AIAgentMetadata(chatClient.GetService<ChatClientMetadata>()?.ProviderName);
        ChatClient = _options.UseProvidedChatClientAsIs
            ? chatClient
            : new FunctionInvokingChatClient(new DeferredOpenTelemetryChatClient(chatClient), loggerFactory, services);
    }

    public IChatClient ChatClient { get; }

    public override string? Name => _options.Name;

    public override string? Description => _options.Description;

    public string? Instructions => _options.ChatOptions?.Instructions;

    protected override string? IdCore => _options.Id;

    public override object? GetService(Type serviceType, object? serviceKey = null) => base.GetService(serviceType, serviceKey)
        ?? (serviceType == typeof(AIAgentMetadata) ? _metadata
            : serviceType == typeof(ChatClientAgentOptions) ? _options
            : serviceType == typeof(IChatClient) ? ChatClient
            : ChatClient.GetService(serviceType, serviceKey));

    /// <summary>A session whose history the service keeps under the given id.</summary>
    public ValueTask<AgentSession> CreateSessionAsync(string conversationId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<AgentSession>(new ChatClientAgentSession { ConversationId = conversationId });

    protected override ValueTask<AgentSession> CreateSessionCoreAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<AgentSession>(new ChatClientAgentSession());

    protected override ValueTask<JsonElement> SerializeSessionCoreAsync(
        AgentSession session, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The shim keeps no sessions.");

    protected override ValueTask<AgentSession> DeserializeSessionCoreAsync(
        JsonElement serializedState, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("The shim keeps no sessions.");

    protected override async Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ChatClientAgentSession used = Checked(session);
        List<ChatMessage> input = [.. messages];
        ChatResponse response = await Client(options)
            .GetResponseAsync([.. used.History, .. input], Options(used, options), cancellationToken).ConfigureAwait(false);
        Remember(used, input, response);
        return new AgentResponse(response) { AgentId = Id };
    }

    protected override async IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatClientAgentSession used = Checked(session);
        List<ChatMessage> input = [.. messages];
        List<ChatResponseUpdate> updates = [];
        IAsyncEnumerable<ChatResponseUpdate> streamed =
            Client(options).GetStreamingResponseAsync([.. used.History, .. input], Options(used, options), cancellationToken);
        await foreach (ChatResponseUpdate update in streamed.ConfigureAwait(false))
        {
            update.AuthorName ??= Name;
            updates.Add(update);
            yield return new AgentResponseUpdate(update) { AgentId = Id };
        }

        Remember(used, input, updates.ToChatResponse());
    }

    private IChatClient Client(AgentRunOptions? options) =>
        options is ChatClientAgentRunOptions { ChatClientFactory: { } factory } ? factory(ChatClient) : ChatClient;

    private ChatOptions Options(ChatClientAgentSession session, AgentRunOptions? options)
    {
        ChatOptions merged = (options as ChatClientAgentRunOptions)?.ChatOptions?.Clone() ?? new ChatOptions();
        merged.Instructions ??= Instructions;
        merged.Tools ??= _options.ChatOptions?.Tools;
        merged.ModelId ??= _options.ChatOptions?.ModelId;
        merged.ResponseFormat ??= options?.ResponseFormat;
        merged.ConversationId ??= session.ConversationId;
        return merged;
    }

    private void Remember(ChatClientAgentSession session, List<ChatMessage> input, ChatResponse response)
    {
        foreach (ChatMessage message in response.Messages)
            message.AuthorName ??= Name;
        session.ConversationId = response.ConversationId ?? session.ConversationId;
        if (session.ConversationId is null)
            session.History.AddRange([.. input, .. response.Messages]);
    }

    private static ChatClientAgentSession Checked(AgentSession? session) =>
        (session ?? new ChatClientAgentSession()) as ChatClientAgentSession
        ?? throw new InvalidOperationException($"A {session!.GetType().Name} is no session of this agent. Use its CreateSessionAsync.");
}
