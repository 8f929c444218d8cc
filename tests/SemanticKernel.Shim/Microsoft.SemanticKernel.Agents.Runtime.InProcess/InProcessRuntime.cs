using System.Collections.Concurrent;
using System.Text.Json;

namespace Microsoft.SemanticKernel.Agents.Runtime.InProcess;

/// <summary>
/// Actors in this process. The delivery loop starts with <see cref="StartAsync"/> and with it what was current then: every message
/// is handled under the span, or none, in which the runtime was STARTED, not the one in which it was sent.
/// </summary>
public sealed class InProcessRuntime : IAgentRuntime, IAsyncDisposable
{
    private readonly ConcurrentDictionary<AgentType, Func<AgentId, IAgentRuntime, ValueTask<IHostableAgent>>> _factories = [];
    private readonly ConcurrentDictionary<string, ISubscriptionDefinition> _subscriptions = [];
    private readonly ConcurrentDictionary<AgentId, IHostableAgent> _agents = [];
    private readonly ConcurrentQueue<MessageDelivery> _queue = [];
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _creating = new(1);
    private CancellationTokenSource? _shutdown;
    private Task _loop = Task.CompletedTask;
    private volatile bool _untilIdle;

    public bool DeliverToSelf { get; set; }

    /// <exception cref="InvalidOperationException">It runs already.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_shutdown is not null)
            throw new InvalidOperationException("Runtime is already running.");
        CancellationTokenSource shutdown = new();
        _shutdown = shutdown;
        _loop = Task.Run(() => RunAsync(shutdown), cancellationToken);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        _shutdown?.Cancel();
        _arrived.Release();
        return Task.CompletedTask;
    }

    /// <summary>Ends the loop once no message waits. What is being handled is waited for; what it then publishes is not handled.</summary>
    public async Task RunUntilIdleAsync()
    {
        _untilIdle = true;
        _arrived.Release();
        await _loop.ConfigureAwait(false);
        _untilIdle = false;
    }

    public async ValueTask DisposeAsync()
    {
        await RunUntilIdleAsync().ConfigureAwait(false);
        _creating.Dispose();
        _arrived.Dispose();
    }

    public ValueTask PublishMessageAsync(
        object message, TopicId topic, AgentId? sender = null, string? messageId = null, CancellationToken cancellationToken = default)
    {
        Enqueue(new MessageDelivery(message, messageId ?? Guid.NewGuid().ToString(), sender, null, topic, cancellationToken));
        return ValueTask.CompletedTask;
    }

    public async ValueTask<object?> SendMessageAsync(
        object message, AgentId recipient, AgentId? sender = null, string? messageId = null, CancellationToken cancellationToken = default)
    {
        MessageDelivery delivery = new(message, messageId ?? Guid.NewGuid().ToString(), sender, recipient, null, cancellationToken);
        Enqueue(delivery);
        return await delivery.Answer.ConfigureAwait(false);
    }

    public async ValueTask<AgentId> GetAgentAsync(AgentId agentId, bool lazy = true)
    {
        if (!lazy)
            await EnsureAgentAsync(agentId).ConfigureAwait(false);
        return agentId;
    }

    public ValueTask<AgentId> GetAgentAsync(AgentType agentType, string key = AgentId.DefaultKey, bool lazy = true) =>
        GetAgentAsync(new AgentId(agentType, key), lazy);

    public ValueTask<AgentId> GetAgentAsync(string agent, string key = AgentId.DefaultKey, bool lazy = true) =>
        GetAgentAsync(new AgentId(agent, key), lazy);

    public async ValueTask<AgentMetadata> GetAgentMetadataAsync(AgentId agentId) =>
        (await EnsureAgentAsync(agentId).ConfigureAwait(false)).Metadata;

    /// <exception cref="InvalidOperationException">The actor is of another class.</exception>
    public async ValueTask<TAgent> TryGetUnderlyingAgentInstanceAsync<TAgent>(AgentId agentId) where TAgent : IHostableAgent =>
        await EnsureAgentAsync(agentId).ConfigureAwait(false) is TAgent agent
            ? agent
            : throw new InvalidOperationException($"Agent with name {agentId.Type} is not of type {typeof(TAgent).Name}.");

    public async ValueTask LoadAgentStateAsync(AgentId agentId, JsonElement state) =>
        await (await EnsureAgentAsync(agentId).ConfigureAwait(false)).LoadStateAsync(state).ConfigureAwait(false);

    public async ValueTask<JsonElement> SaveAgentStateAsync(AgentId agentId) =>
        await (await EnsureAgentAsync(agentId).ConfigureAwait(false)).SaveStateAsync().ConfigureAwait(false);

    public async ValueTask LoadStateAsync(JsonElement state)
    {
        foreach (JsonProperty agent in state.EnumerateObject())
            await LoadAgentStateAsync(AgentId.FromStr(agent.Name), agent.Value).ConfigureAwait(false);
    }

    public async ValueTask<JsonElement> SaveStateAsync()
    {
        Dictionary<string, JsonElement> state = [];
        foreach ((AgentId id, IHostableAgent agent) in _agents)
            state[id.ToString()] = await agent.SaveStateAsync().ConfigureAwait(false);
        return JsonSerializer.SerializeToElement(state);
    }

    public ValueTask AddSubscriptionAsync(ISubscriptionDefinition subscription) => _subscriptions.TryAdd(subscription.Id, subscription)
        ? ValueTask.CompletedTask
        : throw new InvalidOperationException($"Subscription with id {subscription.Id} already exists.");

    public ValueTask RemoveSubscriptionAsync(string subscriptionId) => _subscriptions.TryRemove(subscriptionId, out _)
        ? ValueTask.CompletedTask
        : throw new InvalidOperationException($"Subscription with id {subscriptionId} does not exist.");

    public ValueTask<AgentType> RegisterAgentFactoryAsync<TAgent>(
        AgentType type, Func<AgentId, IAgentRuntime, ValueTask<TAgent>> factoryFunc) where TAgent : IHostableAgent =>
        RegisterAgentFactoryAsync(type, async ValueTask<IHostableAgent> (id, runtime) =>
            await factoryFunc(id, runtime).ConfigureAwait(false));

    /// <exception cref="InvalidOperationException">The type is registered already.</exception>
    public ValueTask<AgentType> RegisterAgentFactoryAsync(
        AgentType type, Func<AgentId, IAgentRuntime, ValueTask<IHostableAgent>> factoryFunc) => _factories.TryAdd(type, factoryFunc)
        ? ValueTask.FromResult(type)
        : throw new InvalidOperationException($"Agent with type {type} already exists.");

    public ValueTask<AgentProxy> TryGetAgentProxyAsync(AgentId agentId) => ValueTask.FromResult(new AgentProxy(agentId, this));

    private void Enqueue(MessageDelivery delivery)
    {
        _queue.Enqueue(delivery);
        _arrived.Release();
    }

    private async Task RunAsync(CancellationTokenSource shutdown)
    {
        List<Task> running = [];
        while (!shutdown.IsCancellationRequested && !(_untilIdle && _queue.IsEmpty))
        {
            await _arrived.WaitAsync().ConfigureAwait(false);
            if (_queue.TryDequeue(out MessageDelivery? delivery))
                running.Add(delivery.RunAsync(DeliverAsync, shutdown.Token));
            running.RemoveAll(task => task.IsCompleted);
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        foreach (IHostableAgent agent in _agents.Values)
            await agent.CloseAsync().ConfigureAwait(false);
        shutdown.Dispose();
        _shutdown = null;
    }

    private async Task<object?> DeliverAsync(MessageDelivery delivery, CancellationToken cancellationToken)
    {
        MessageContext context = new(delivery.MessageId, cancellationToken) { Sender = delivery.Sender, Topic = delivery.Topic };
        if (delivery.Recipient is { } recipient)
            return await HandAsync(recipient, delivery.Message, context).ConfigureAwait(false);

        TopicId topic = delivery.Topic!.Value;
        await Task.WhenAll(_subscriptions.Values
            .Where(subscription => subscription.Matches(topic))
            .Select(subscription => subscription.MapToAgent(topic))
            .Where(agent => DeliverToSelf || agent != delivery.Sender)
            .Select(agent => HandAsync(agent, delivery.Message, context))).ConfigureAwait(false);
        return null;
    }

    private async Task<object?> HandAsync(AgentId agentId, object message, MessageContext context)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        IHostableAgent agent = await EnsureAgentAsync(agentId).ConfigureAwait(false);
        return await agent.OnMessageAsync(message, context).ConfigureAwait(false);
    }

    private async ValueTask<IHostableAgent> EnsureAgentAsync(AgentId agentId)
    {
        if (_agents.TryGetValue(agentId, out IHostableAgent? known))
            return known;
        if (!_factories.TryGetValue(agentId.Type, out Func<AgentId, IAgentRuntime, ValueTask<IHostableAgent>>? factory))
            throw new InvalidOperationException($"Agent with name {agentId.Type} not found.");

        await _creating.WaitAsync().ConfigureAwait(false);
        try
        {
            return _agents.TryGetValue(agentId, out known)
                ? known
                : _agents[agentId] = await factory(agentId, this).ConfigureAwait(false);
        }
        finally
        {
            _creating.Release();
        }
    }
}
