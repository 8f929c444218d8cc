using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>Works until its agent calls <c>transfer_to_X</c> or <c>end_task_with_summary</c>, which it adds to the kernel.</summary>
internal sealed class HandoffActor : AgentActor,
    IHandle<HandoffMessages.InputTask>, IHandle<HandoffMessages.Response>, IHandle<HandoffMessages.Request>
{
    private readonly HandoffLookup _handoffs;
    private readonly AgentType _result;
    private readonly List<ChatMessageContent> _heard = [];
    private string? _target;
    private string? _summary;

    public HandoffActor(
        AgentId id, IAgentRuntime runtime, OrchestrationContext context, Agent agent, HandoffLookup handoffs, AgentType result)
        : base(id, runtime, context, agent)
    {
        if (handoffs.ContainsKey(agent.Name ?? agent.Id))
            throw new ArgumentException($"The agent {agent.Name ?? agent.Id} cannot have a handoff to itself.", nameof(handoffs));
        _handoffs = handoffs;
        _result = result;
    }

    public OrchestrationInteractiveCallback? InteractiveCallback { get; init; }

    public ValueTask HandleAsync(HandoffMessages.InputTask item, MessageContext messageContext)
    {
        _summary = null;
        _heard.AddRange(item.Messages);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(HandoffMessages.Response item, MessageContext messageContext)
    {
        _heard.Add(item.Message);
        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(HandoffMessages.Request item, MessageContext messageContext)
    {
        CancellationToken cancellationToken = messageContext.CancellationToken;
        while (_summary is null)
        {
            ChatMessageContent reply = await InvokeAsync(_heard, cancellationToken).ConfigureAwait(false);
            _heard.Clear();
            if (reply.Role == AuthorRole.Assistant)
                await TellAsync(reply, cancellationToken).ConfigureAwait(false);

            if (_target is not null)
            {
                AgentType next = _handoffs[_target].AgentType;
                _target = null;
                await PublishMessageAsync(new HandoffMessages.Request(), next, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (InteractiveCallback is not null && _summary is null)
            {
                ChatMessageContent input = await InteractiveCallback().ConfigureAwait(false);
                await TellAsync(input, cancellationToken).ConfigureAwait(false);
                _heard.Add(input);
                continue;
            }

            await EndAsync(reply.Content ?? "No handoff or human response function requested. Ending task.", cancellationToken)
                .ConfigureAwait(false);
        }
    }

    protected override bool ResponseCallbackFilter(ChatMessageContent response) => response.Role == AuthorRole.Tool;

    protected override AgentInvokeOptions CreateInvokeOptions(Func<ChatMessageContent, Task> messageHandler)
    {
        Kernel kernel = Agent.Kernel.Clone();
        kernel.AutoFunctionInvocationFilters.Add(new HandoffInvocationFilter());
        kernel.Plugins.AddFromFunctions(HandoffInvocationFilter.HandoffPlugin, Functions());
        FunctionChoiceBehavior choice = FunctionChoiceBehavior.Auto(options: new() { RetainArgumentTypes = true });
        return new AgentInvokeOptions
        {
            Kernel = kernel,
            KernelArguments = new KernelArguments(new PromptExecutionSettings { FunctionChoiceBehavior = choice }),
            OnIntermediateMessage = messageHandler,
        };
    }

    private IEnumerable<KernelFunction> Functions()
    {
        yield return KernelFunctionFactory.CreateFromMethod(
            EndAsync, "end_task_with_summary", "Complete the task with a summary when no further requests are given.");
        foreach ((string name, (_, string description)) in _handoffs)
            yield return KernelFunctionFactory.CreateFromMethod(() => { _target = name; }, $"transfer_to_{name}", description);
    }

    private ValueTask TellAsync(ChatMessageContent message, CancellationToken cancellationToken) =>
        PublishMessageAsync(new HandoffMessages.Response(message), Context.Topic, messageId: null, cancellationToken);

    private async ValueTask EndAsync(string summary, CancellationToken cancellationToken)
    {
        _summary = summary;
        ChatMessageContent message = new(AuthorRole.Assistant, summary);
        await PublishMessageAsync(new HandoffMessages.Result(message), _result, cancellationToken).ConfigureAwait(false);
    }
}
