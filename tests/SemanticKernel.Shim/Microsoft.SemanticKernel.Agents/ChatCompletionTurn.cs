using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Diagnostics;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>
/// One turn and its span, faults and all: the span is held by a plain <c>using</c> in an iterator, so after the first yield it is
/// current no more; an exception passes it by, so its status stays unset; so does a reader who stops early.
/// </summary>
internal static class ChatCompletionTurn
{
    public static async IAsyncEnumerable<ChatMessageContent> InvokeAsync(
        ChatCompletionAgent agent,
        ChatCompletionRequest request,
        Func<ChatMessageContent, Task> onToolMessage,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int before = request.Chat.Count;
        using Activity? activity = Start(agent, request);
        IReadOnlyList<ChatMessageContent> replies = await request.Service
            .GetChatMessageContentsAsync(request.Chat, request.Settings, request.Kernel, cancellationToken).ConfigureAwait(false);
        for (int index = before; index < request.Chat.Count; index++)
        {
            request.Chat[index].AuthorName = agent.Name;
            request.History.Add(request.Chat[index]);
            await onToolMessage(request.Chat[index]).ConfigureAwait(false);
        }

        foreach (ChatMessageContent reply in replies)
        {
            reply.AuthorName = agent.Name;
            yield return reply;
        }

        ModelDiagnostics.SetAgentResponse(activity, replies);
    }

    public static async IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        ChatCompletionAgent agent,
        ChatCompletionRequest request,
        Func<ChatMessageContent, Task> onMessage,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int told = request.Chat.Count;
        AuthorRole? role = null;
        StringBuilder text = new();
        List<StreamingChatMessageContent> streamed = [];
        using Activity? activity = Start(agent, request);
        IAsyncEnumerable<StreamingChatMessageContent> updates =
            request.Service.GetStreamingChatMessageContentsAsync(request.Chat, request.Settings, request.Kernel, cancellationToken);
        await foreach (StreamingChatMessageContent update in updates.ConfigureAwait(false))
        {
            role = update.Role;
            update.Role ??= AuthorRole.Assistant;
            update.AuthorName = agent.Name;
            text.Append(update);
            for (; told < request.Chat.Count; told++)
            {
                request.Chat[told].AuthorName = agent.Name;
                await onMessage(request.Chat[told]).ConfigureAwait(false);
                request.History.Add(request.Chat[told]);
            }

            streamed.Add(update);
            yield return update;
        }

        // A tool's answer that ended the turn is in the history already.
        if (role != AuthorRole.Tool)
        {
            ChatMessageContent reply = new(role ?? AuthorRole.Assistant, text.ToString()) { AuthorName = agent.Name };
            await onMessage(reply).ConfigureAwait(false);
            request.History.Add(reply);
        }

        ModelDiagnostics.SetAgentStream(activity, streamed);
    }

    private static Activity? Start(ChatCompletionAgent agent, ChatCompletionRequest request) =>
        ModelDiagnostics.StartAgent(agent.Id, agent.DisplayName, agent.Description, request.Kernel, request.Chat);
}
