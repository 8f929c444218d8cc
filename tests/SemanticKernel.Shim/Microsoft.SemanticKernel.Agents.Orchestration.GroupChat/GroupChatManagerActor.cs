using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>Asks the manager after every message and gives the word to whom it chose.</summary>
internal sealed class GroupChatManagerActor(
    AgentId id, IAgentRuntime runtime, OrchestrationContext context, GroupChatManager manager, GroupChatTeam team, AgentType result)
    : OrchestrationActor(id, runtime, context, "Orchestrates a team of agents to accomplish a defined task."),
        IHandle<GroupChatMessages.InputTask>, IHandle<GroupChatMessages.Group>
{
    private readonly ChatHistory _chat = [];

    public async ValueTask HandleAsync(GroupChatMessages.InputTask item, MessageContext messageContext)
    {
        _chat.AddRange(item.Messages);
        await PublishMessageAsync(new GroupChatMessages.Group(item.Messages), Context.Topic).ConfigureAwait(false);
        await ManageAsync(messageContext.CancellationToken).ConfigureAwait(false);
    }

    public ValueTask HandleAsync(GroupChatMessages.Group item, MessageContext messageContext)
    {
        _chat.AddRange(item.Messages);
        return ManageAsync(messageContext.CancellationToken);
    }

    private async ValueTask ManageAsync(CancellationToken cancellationToken)
    {
        if (manager.InteractiveCallback is { } askUser
            && (await manager.ShouldRequestUserInput(_chat, cancellationToken).ConfigureAwait(false)).Value)
        {
            ChatMessageContent input = await askUser().ConfigureAwait(false);
            _chat.Add(input);
            await PublishMessageAsync(new GroupChatMessages.Group([input]), Context.Topic).ConfigureAwait(false);
        }

        if ((await manager.ShouldTerminate(_chat, cancellationToken).ConfigureAwait(false)).Value)
        {
            string text = (await manager.FilterResults(_chat, cancellationToken).ConfigureAwait(false)).Value;
            GroupChatMessages.Result output = new(new ChatMessageContent(AuthorRole.Assistant, text));
            await PublishMessageAsync(output, result, cancellationToken).ConfigureAwait(false);
            return;
        }

        string next = (await manager.SelectNextAgent(_chat, team, cancellationToken).ConfigureAwait(false)).Value;
        await PublishMessageAsync(new GroupChatMessages.Speak(), new AgentType(team[next].Type), cancellationToken).ConfigureAwait(false);
    }
}
