using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>Anything that answers messages. What callers call is not virtual; subclasses override the <c>Core</c> methods.</summary>
public abstract partial class AIAgent
{
    private static readonly AsyncLocal<AgentRunContext?> Context = new();

    public static AgentRunContext? CurrentRunContext
    {
        get => Context.Value;
        protected set => Context.Value = value;
    }

    public string Id => IdCore ?? (field ??= Guid.NewGuid().ToString("N"));

    public virtual string? Name { get; }

    public virtual string? Description { get; }

    protected virtual string? IdCore => null;

    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;
    }

    public TService? GetService<TService>(object? serviceKey = null) =>
        GetService(typeof(TService), serviceKey) is TService service ? service : default;

    public ValueTask<AgentSession> CreateSessionAsync(CancellationToken cancellationToken = default) =>
        CreateSessionCoreAsync(cancellationToken);

    public ValueTask<JsonElement> SerializeSessionAsync(
        AgentSession session, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        SerializeSessionCoreAsync(session, jsonSerializerOptions, cancellationToken);

    public ValueTask<AgentSession> DeserializeSessionAsync(
        JsonElement serializedState, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        DeserializeSessionCoreAsync(serializedState, jsonSerializerOptions, cancellationToken);

    public Task<AgentResponse> RunAsync(
        AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync([], session, options, cancellationToken);

    public Task<AgentResponse> RunAsync(
        string message, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        return RunAsync(new ChatMessage(ChatRole.User, message), session, options, cancellationToken);
    }

    public Task<AgentResponse> RunAsync(
        ChatMessage message, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RunAsync([message], session, options, cancellationToken);
    }

    public Task<AgentResponse> RunAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CurrentRunContext = new AgentRunContext(this, session, [.. messages], options);
        return RunCoreAsync(messages, session, options, cancellationToken);
    }

    public IAsyncEnumerable<AgentResponseUpdate> RunStreamingAsync(
        AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunStreamingAsync([], session, options, cancellationToken);

    public IAsyncEnumerable<AgentResponseUpdate> RunStreamingAsync(
        string message, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        return RunStreamingAsync(new ChatMessage(ChatRole.User, message), session, options, cancellationToken);
    }

    public IAsyncEnumerable<AgentResponseUpdate> RunStreamingAsync(
        ChatMessage message, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return RunStreamingAsync([message], session, options, cancellationToken);
    }

    public async IAsyncEnumerable<AgentResponseUpdate> RunStreamingAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AgentRunContext context = new(this, session, [.. messages], options);
        CurrentRunContext = context;
        IAsyncEnumerable<AgentResponseUpdate> updates = RunCoreStreamingAsync(messages, session, options, cancellationToken);
        await foreach (AgentResponseUpdate update in updates.ConfigureAwait(false))
        {
            yield return update;
            CurrentRunContext = context;
        }
    }

    protected abstract ValueTask<AgentSession> CreateSessionCoreAsync(CancellationToken cancellationToken = default);

    protected abstract ValueTask<JsonElement> SerializeSessionCoreAsync(
        AgentSession session, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default);

    protected abstract ValueTask<AgentSession> DeserializeSessionCoreAsync(
        JsonElement serializedState, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default);

    protected abstract Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default);

    protected abstract IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        CancellationToken cancellationToken = default);
}
