using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Orchestration.Transforms;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>Agents that work together through a runtime. It writes no span, and nothing marks a run that failed.</summary>
[Experimental("SKEXP0110")]
public abstract partial class AgentOrchestration<TInput, TOutput>
{
    protected AgentOrchestration(params Agent[] members)
    {
        OrchestrationLabel = GetType().Name.Split('`')[0];
        Members = members;
    }

    public string Description { get; init; } = "";

    public string Name { get; init; } = "";

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    public OrchestrationInputTransform<TInput> InputTransform { get; init; } = DefaultTransforms.FromInput<TInput>;

    public OrchestrationOutputTransform<TOutput> ResultTransform { get; init; } = DefaultTransforms.ToOutput<TOutput>;

    public OrchestrationResponseCallback? ResponseCallback { get; init; }

    public OrchestrationStreamingCallback? StreamingResponseCallback { get; init; }

    protected IReadOnlyList<Agent> Members { get; }

    protected string OrchestrationLabel { get; }

    /// <summary>Registers the actors of a run under names of its own and sends them the input; the run goes on in the runtime.</summary>
    public async ValueTask<OrchestrationResult<TOutput>> InvokeAsync(
        TInput input, IAgentRuntime runtime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TaskCompletionSource<TOutput> completion = new();
        OrchestrationContext context = new()
        {
            Orchestration = OrchestrationLabel,
            Topic = new TopicId($"{OrchestrationLabel}_{Guid.NewGuid():N}"),
            ResponseCallback = ResponseCallback,
            StreamingResponseCallback = StreamingResponseCallback,
            FailureCallback = exception => completion.SetException(exception),
            LoggerFactory = LoggerFactory,
            Cancellation = cancellationToken,
        };

        AgentType boot = await RegisterAsync(runtime, context, completion).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _ = runtime.PublishMessageAsync(input, boot, cancellationToken).AsTask();
        return new OrchestrationResult<TOutput>(context, completion, cancellation);
    }

    protected abstract ValueTask StartAsync(
        IAgentRuntime runtime, TopicId topic, IEnumerable<ChatMessageContent> input, AgentType? entryAgent);

    /// <returns>The actor the input goes to; null when it goes to the topic.</returns>
    protected abstract ValueTask<AgentType?> RegisterOrchestrationAsync(
        IAgentRuntime runtime, OrchestrationContext context, RegistrationContext registrar, ILogger logger);

    protected AgentType FormatAgentType(TopicId topic, string suffix) => new($"{topic.Type}_{suffix}");

    private async ValueTask<AgentType> RegisterAsync(
        IAgentRuntime runtime, OrchestrationContext context, TaskCompletionSource<TOutput> completion)
    {
        RegistrationContext registrar = new(FormatAgentType(context.Topic, "Root"), runtime, context, completion, ResultTransform);
        AgentType? entry = await RegisterOrchestrationAsync(runtime, context, registrar, context.LoggerFactory.CreateLogger(GetType()))
            .ConfigureAwait(false);
        return await runtime.RegisterOrchestrationAgentAsync(
            FormatAgentType(context.Topic, "Boot"),
            (id, host) => ValueTask.FromResult<IHostableAgent>(new RequestActor(
                id, host, context, InputTransform, completion, input => StartAsync(runtime, context.Topic, input, entry))))
            .ConfigureAwait(false);
    }
}
