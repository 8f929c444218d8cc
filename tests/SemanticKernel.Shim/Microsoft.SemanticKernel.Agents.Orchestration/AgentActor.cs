using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>An actor that gives its turn to an agent. The agent is called in here: nobody can intercept that call.</summary>
[Experimental("SKEXP0110")]
public abstract class AgentActor : OrchestrationActor
{
    private AgentInvokeOptions? _options;
    private ChatMessageContent? _last;

    protected AgentActor(AgentId id, IAgentRuntime runtime, OrchestrationContext context, Agent agent, ILogger? logger = null)
        : base(id, runtime, context, Described(agent), logger) => Agent = agent;

    protected Agent Agent { get; }

    protected AgentThread? Thread { get; set; }

    protected virtual AgentInvokeOptions CreateInvokeOptions(Func<ChatMessageContent, Task> messageHandler) =>
        new() { OnIntermediateMessage = messageHandler };

    /// <summary>True to keep a message from the response callback.</summary>
    protected virtual bool ResponseCallbackFilter(ChatMessageContent response) => false;

    protected async ValueTask DeleteThreadAsync(CancellationToken cancellationToken)
    {
        if (Thread is not null)
            await Thread.DeleteAsync(cancellationToken).ConfigureAwait(false);
        Thread = null;
    }

    protected ValueTask<ChatMessageContent> InvokeAsync(ChatMessageContent input, CancellationToken cancellationToken) =>
        InvokeAsync([input], cancellationToken);

    protected async ValueTask<ChatMessageContent> InvokeAsync(IList<ChatMessageContent> input, CancellationToken cancellationToken)
    {
        try
        {
            Context.Cancellation.ThrowIfCancellationRequested();
            _last = null;
            _options ??= CreateInvokeOptions(HearAsync);
            Task turn = Context.StreamingResponseCallback is null
                ? AnswerAsync(input, _options, cancellationToken)
                : StreamAsync(input, _options, Context.StreamingResponseCallback, cancellationToken);
            await turn.ConfigureAwait(false);
            return _last ?? new ChatMessageContent(AuthorRole.Assistant, "");
        }
        catch (Exception exception)
        {
            Context.FailureCallback(exception);
            throw;
        }
    }

    private async Task HearAsync(ChatMessageContent message)
    {
        _last = message;
        if (Context.ResponseCallback is { } callback && !ResponseCallbackFilter(message))
            await callback(message).ConfigureAwait(false);
    }

    private async Task AnswerAsync(IList<ChatMessageContent> input, AgentInvokeOptions options, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> replies = Agent.InvokeAsync(input, Thread, options, cancellationToken);
        AgentThread? used = null;
        await foreach (AgentResponseItem<ChatMessageContent> reply in replies.ConfigureAwait(false))
            used = reply.Thread;
        Thread ??= used;
    }

    private async Task StreamAsync(
        IList<ChatMessageContent> input,
        AgentInvokeOptions options,
        OrchestrationStreamingCallback callback,
        CancellationToken cancellationToken)
    {
        // One piece behind, so that the last can be told to be the last.
        StreamingChatMessageContent? pending = null;
        IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> updates =
            Agent.InvokeStreamingAsync(input, Thread, options, cancellationToken);
        await foreach (AgentResponseItem<StreamingChatMessageContent> update in updates.ConfigureAwait(false))
        {
            Context.Cancellation.ThrowIfCancellationRequested();
            Thread ??= update.Thread;
            if (pending is not null)
                await callback(pending, isFinal: false).ConfigureAwait(false);
            pending = update.Message;
        }

        if (pending is not null)
            await callback(pending, isFinal: true).ConfigureAwait(false);
    }

    private static string Described(Agent agent) => agent.Description
        ?? throw new ArgumentException($"Missing agent description: {agent.Name ?? agent.Id}", nameof(agent));
}
