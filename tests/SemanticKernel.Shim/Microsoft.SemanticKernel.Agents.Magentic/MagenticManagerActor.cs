using Microsoft.SemanticKernel.Agents.Orchestration;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>Plans once, then after every message asks the manager how it stands and gives the word to whom it names.</summary>
internal sealed class MagenticManagerActor(
    AgentId id, IAgentRuntime runtime, OrchestrationContext context, MagenticManager manager, MagenticTeam team, AgentType result)
    : OrchestrationActor(id, runtime, context, "Orchestrates a team of agents to accomplish a defined task."),
        IHandle<MagenticMessages.InputTask>, IHandle<MagenticMessages.Group>
{
    private readonly ChatHistory _chat = [];
    private IReadOnlyList<ChatMessageContent> _task = [];
    private int _invocations;
    private int _stalls;
    private int _resets;

    public async ValueTask HandleAsync(MagenticMessages.InputTask item, MessageContext messageContext)
    {
        _task = [.. item.Messages];
        _chat.AddRange(_task);
        await TellAsync(new MagenticMessages.Group { Messages = _task }).ConfigureAwait(false);
        await PlanAsync(again: false, messageContext.CancellationToken).ConfigureAwait(false);
        await ManageAsync(messageContext.CancellationToken).ConfigureAwait(false);
    }

    public ValueTask HandleAsync(MagenticMessages.Group item, MessageContext messageContext)
    {
        _chat.AddRange(item.Messages);
        return ManageAsync(messageContext.CancellationToken);
    }

    private async ValueTask ManageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            MagenticProgressLedger? ledger = await LedgerAsync(cancellationToken).ConfigureAwait(false);
            if (ledger is { IsTaskComplete.Result: true })
            {
                ChatMessageContent answer = await manager.PrepareFinalAnswerAsync(Snapshot(_chat), cancellationToken).ConfigureAwait(false);
                await EndAsync(answer, cancellationToken).ConfigureAwait(false);
                return;
            }

            bool named = team.TryGetValue(ledger?.Name ?? "", out (string Type, string Description) member);
            bool stalled = ledger is null || !named || !ledger.IsTaskProgressing || ledger.IsTaskInLoop;
            _stalls = stalled ? _stalls + 1 : Math.Max(0, _stalls - 1);
            if (_stalls >= manager.MaximumStallCount)
            {
                if (_resets++ >= manager.MaximumResetCount)
                {
                    await EndAsync(LastAnswer("multiple failures"), cancellationToken).ConfigureAwait(false);
                    return;
                }

                _stalls = 0;
                await TellAsync(new MagenticMessages.Reset()).ConfigureAwait(false);
                await PlanAsync(again: true, cancellationToken).ConfigureAwait(false);
            }
            else if (named)
            {
                await GiveWordAsync(ledger!.Instruction, new AgentType(member.Type), cancellationToken).ConfigureAwait(false);
                return;
            }
        }
    }

    private async ValueTask GiveWordAsync(string instruction, AgentType member, CancellationToken cancellationToken)
    {
        if (++_invocations >= manager.MaximumInvocationCount)
        {
            await EndAsync(LastAnswer("the maximum number of invocations"), cancellationToken).ConfigureAwait(false);
            return;
        }

        ChatMessageContent message = new(AuthorRole.Assistant, instruction);
        _chat.Add(message);
        await TellAsync(new MagenticMessages.Group { Messages = [message] }).ConfigureAwait(false);
        await PublishMessageAsync(new MagenticMessages.Speak(), member, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Null when the manager could not say: that counts as a stall, not as a failure of the run.</summary>
    private async ValueTask<MagenticProgressLedger?> LedgerAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await manager.EvaluateTaskProgressAsync(Snapshot(_chat), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return null;
        }
    }

    private async ValueTask PlanAsync(bool again, CancellationToken cancellationToken)
    {
        MagenticManagerContext before = Snapshot(_chat);
        _chat.Clear();
        // The wrong way round, as in the real one: the first plan is asked of ReplanAsync.
        IList<ChatMessageContent> plan = again
            ? await manager.PlanAsync(before, cancellationToken).ConfigureAwait(false)
            : await manager.ReplanAsync(before, cancellationToken).ConfigureAwait(false);
        _chat.AddRange(plan);
    }

    private ChatMessageContent LastAnswer(string why) => _chat.LastOrDefault(message => message.Role == AuthorRole.Assistant)
        ?? new ChatMessageContent(AuthorRole.Assistant, $"No partial result available after {why}.");

    private ValueTask EndAsync(ChatMessageContent answer, CancellationToken cancellationToken) =>
        PublishMessageAsync(new MagenticMessages.Result { Message = answer }, result, cancellationToken);

    private ValueTask TellAsync(object message) => PublishMessageAsync(message, Context.Topic);

    private MagenticManagerContext Snapshot(ChatHistory chat) => new(team, _task, chat, _invocations, _stalls, _resets);
}
