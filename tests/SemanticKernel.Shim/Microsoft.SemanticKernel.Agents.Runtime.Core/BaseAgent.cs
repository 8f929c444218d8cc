using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.SemanticKernel.Agents.Runtime.Core;

/// <summary>An actor that handles the messages its <see cref="IHandle{T}"/> interfaces name, by their exact type, and no others.</summary>
public abstract class BaseAgent : IHostableAgent, ISaveState
{
    public static readonly ActivitySource TraceSource = new("Microsoft.SemanticKernel.Agents.Runtime");

    private readonly Dictionary<Type, MethodInfo> _handlers = [];
    private readonly IAgentRuntime _runtime;

    protected BaseAgent(AgentId id, IAgentRuntime runtime, string description, ILogger? logger = null)
    {
        Id = id;
        Description = description;
        Metadata = new AgentMetadata(id.Type, id.Key, description);
        Logger = logger ?? NullLogger.Instance;
        _runtime = runtime;
        foreach (Type handled in GetType().GetInterfaces().Where(IsHandle))
            _handlers[handled.GenericTypeArguments[0]] = handled.GetMethod(nameof(IHandle<>.HandleAsync))!;
    }

    public AgentId Id { get; }

    public AgentMetadata Metadata { get; }

    protected internal ILogger Logger { get; }

    protected string Description { get; }

    public async ValueTask<object?> OnMessageAsync(object message, MessageContext messageContext)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!_handlers.TryGetValue(message.GetType(), out MethodInfo? handler))
            return null;
        object returned = handler.Invoke(this, BindingFlags.DoNotWrapExceptions, null, [message, messageContext], null)!;
        if (returned is ValueTask done)
        {
            await done.ConfigureAwait(false);
            return null;
        }

        var task = (Task)returned.GetType().GetMethod(nameof(ValueTask<>.AsTask))!.Invoke(returned, null)!;
        await task.ConfigureAwait(false);
        return task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task);
    }

    public virtual ValueTask<JsonElement> SaveStateAsync() => ValueTask.FromResult(JsonElement.Parse("{}"));

    public virtual ValueTask LoadStateAsync(JsonElement state) => ValueTask.CompletedTask;

    public virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    protected ValueTask<object?> SendMessageAsync(
        object message, AgentId recipient, string? messageId = null, CancellationToken cancellationToken = default) =>
        _runtime.SendMessageAsync(message, recipient, Id, messageId, cancellationToken);

    protected ValueTask PublishMessageAsync(
        object message, TopicId topic, string? messageId = null, CancellationToken cancellationToken = default) =>
        _runtime.PublishMessageAsync(message, topic, Id, messageId, cancellationToken);

    private static bool IsHandle(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is { } definition
        && (definition == typeof(IHandle<>) || definition == typeof(IHandle<,>));
}
