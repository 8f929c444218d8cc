using System.Threading.Channels;
using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI.Workflows;

/// <summary>
/// Collects input; a <see cref="TurnToken"/> sends it through the agents on another thread, under whatever was current when the token
/// was sent.
/// </summary>
internal sealed class WorkflowRunner(Workflow workflow, string? sessionId)
{
    private readonly List<ChatMessage> _input = [];
    private Channel<WorkflowEvent>? _turn;

    public string SessionId { get; } = sessionId ?? Guid.NewGuid().ToString("N");

    public RunStatus Status { get; private set; } = RunStatus.NotStarted;

    /// <returns>False when the workflow has no use for such a message.</returns>
    public bool Send(object message, CancellationToken cancellationToken)
    {
        switch (message)
        {
            case TurnToken token:
                Channel<WorkflowEvent> turn = Channel.CreateUnbounded<WorkflowEvent>();
                _turn = turn;
                Status = RunStatus.Running;
                _ = Task.Run(() => TakeTurnAsync(turn.Writer, token.EmitEvents ?? false, cancellationToken), CancellationToken.None);
                return true;
            case string text:
                _input.Add(new ChatMessage(ChatRole.User, text));
                return true;
            case ChatMessage single:
                _input.Add(single);
                return true;
            case IEnumerable<ChatMessage> many:
                _input.AddRange(many);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The events of the turn that was last begun, until it is over.</summary>
    public IAsyncEnumerable<WorkflowEvent> WatchAsync(CancellationToken cancellationToken) =>
        _turn?.Reader.ReadAllAsync(cancellationToken) ?? AsyncEnumerable.Empty<WorkflowEvent>();

    private async Task TakeTurnAsync(ChannelWriter<WorkflowEvent> events, bool emitEvents, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [.. _input];
        _input.Clear();
        foreach (AIAgent agent in workflow.Agents)
        {
            string id = Workflow.ExecutorId(agent);
            await events.WriteAsync(new ExecutorInvokedEvent(id, messages), CancellationToken.None).ConfigureAwait(false);
            try
            {
                AgentResponse response = await RunAgentAsync(agent, id, messages, emitEvents, events, cancellationToken)
                    .ConfigureAwait(false);
                messages = [.. messages, .. response.Messages];
                await events.WriteAsync(new ExecutorCompletedEvent(id, response), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                await events.WriteAsync(new ExecutorFailedEvent(id, exception), CancellationToken.None).ConfigureAwait(false);
                await events.WriteAsync(new WorkflowErrorEvent(exception), CancellationToken.None).ConfigureAwait(false);
                End(RunStatus.Ended);
                return;
            }
        }

        await events.WriteAsync(new WorkflowOutputEvent(messages, "OutputMessages"), CancellationToken.None).ConfigureAwait(false);
        End(RunStatus.Idle);

        void End(RunStatus status)
        {
            Status = status;
            events.Complete();
        }
    }

    private static async Task<AgentResponse> RunAgentAsync(
        AIAgent agent,
        string id,
        List<ChatMessage> messages,
        bool emitEvents,
        ChannelWriter<WorkflowEvent> events,
        CancellationToken cancellationToken)
    {
        if (!emitEvents)
            return await agent.RunAsync(messages, cancellationToken: cancellationToken).ConfigureAwait(false);

        List<AgentResponseUpdate> updates = [];
        IAsyncEnumerable<AgentResponseUpdate> streamed = agent.RunStreamingAsync(messages, cancellationToken: cancellationToken);
        await foreach (AgentResponseUpdate update in streamed.ConfigureAwait(false))
        {
            updates.Add(update);
            await events.WriteAsync(new AgentResponseUpdateEvent(id, update), CancellationToken.None).ConfigureAwait(false);
        }

        return updates.ToAgentResponse();
    }
}
