using System.Diagnostics;
using AgentTrace.Diagnostics;
using AgentTrace.Spans;
using AgentTrace.Turns;
using Microsoft.Extensions.AI;

namespace AgentTrace.ChatClients;

/// <summary>
/// One call through a traced client: its chat span, and its turn's span where the caller has opened no turn of the same agent.
/// </summary>
internal sealed class AgentCall : IStreamedCall<ChatResponseUpdate>
{
    private readonly AgentTurn? _ownTurn;
    private readonly AgentTurn? _turn;
    private readonly ChatCall? _chat;
    private readonly List<ChatResponseUpdate> _updates = [];

    private AgentCall(AgentTurn? ownTurn, AgentTurn? turn, ChatCall? chat)
    {
        _ownTurn = ownTurn;
        _turn = turn;
        _chat = chat;
    }

    public Activity? Innermost => _chat?.Activity ?? _ownTurn?.Activity;

    public static AgentCall Start(TracingChatClient client, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        EnclosingTurn enclosing = EnclosingTurn.Find();
        AgentTurn? ownTurn = null;
        if (enclosing.AgentName != client.AgentName)
        {
            ownTurn = AgentTurn.Start(client.AgentName, new AgentTurnOptions { ConversationId = options?.ConversationId });
            ownTurn.SetInput(messages);
        }

        // A traced client further in writes the chat spans itself, one for each request that a function-invoking client between makes.
        ChatCall? chat = client.HasTracedClientInside ? null : ChatCall.Start(client.Metadata, messages, options);
        return new AgentCall(ownTurn, ownTurn ?? enclosing.Turn, chat);
    }

    public void Complete(ChatResponse response)
    {
        Record(response, ChatFinishReason.Stop, static response => response);
        End();
    }

    public void Add(ChatResponseUpdate item)
    {
        if (Innermost is { IsAllDataRequested: true })
            _updates.Add(item);
    }

    public void Complete()
    {
        RecordUpdates(ChatFinishReason.Stop);
        End();
    }

    public void Abandon()
    {
        RecordUpdates(null);
        _chat?.Abandon();
        _ownTurn?.Abandon();
        End();
    }

    public void Fail(Exception exception)
    {
        RecordUpdates(null);
        _chat?.Fail(exception);
        _ownTurn?.Fail(exception);
        End();
    }

    private void RecordUpdates(ChatFinishReason? unlessReported)
    {
        if (_updates.Count > 0)
            Record(_updates, unlessReported, static updates => updates.ToChatResponse());
    }

    private void Record<T>(T answer, ChatFinishReason? unlessReported, Func<T, ChatResponse> read)
    {
        try
        {
            ChatResponse response = read(answer);
            ChatFinishReason? reason = response.FinishReason ?? unlessReported;
            if (_chat is not null)
            {
                _chat.SetResponse(response, reason);
                _turn?.AddUsage(response.Usage);
            }

            _ownTurn?.SetOutput(response.Messages, reason);
            if (response.ConversationId is { } conversation)
                _ownTurn?.SetConversationId(conversation);
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.RecordingFailed("record the answer of a chat client", exception);
        }
    }

    private void End()
    {
        _chat?.End();
        _ownTurn?.Dispose();
    }
}
