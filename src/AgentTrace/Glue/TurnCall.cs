using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Turns;
using Microsoft.Extensions.AI;

namespace AgentTrace.Glue;

/// <summary>One turn of a framework's agent, from the interceptor's point of view.</summary>
/// <remarks>A struct that changes: whoever runs the call holds it in a field of its own and never copies it.</remarks>
internal struct TurnCall<T>
{
    private readonly AgentTurn? _turn;
    private readonly AgentRun? _run;
    private readonly TurnReader<T> _reader;
    private List<T>? _items;
    private bool _knowsConversation;

    private TurnCall(AgentTurn? turn, AgentRun? run, bool knowsConversation, TurnReader<T> reader)
    {
        _turn = turn;
        _run = run;
        _knowsConversation = knowsConversation;
        _reader = reader;
    }

    public readonly Activity? Innermost => _turn?.Activity;

    public static TurnCall<T> Start(in TurnStart start, TurnReader<T> reader)
    {
        // An overload that calls another, or an agent that wraps itself: the turn is there already.
        Activity? current = Activity.Current;
        EnclosingTurn enclosing = EnclosingTurn.Find(current);
        if (enclosing.AgentName is { } agent && agent == start.AgentName)
            return new TurnCall<T>(null, null, knowsConversation: true, reader);

        AgentRun? run = enclosing.Run;
        bool isFirst = false;
        if (current is null && ConversationRuns.Enter(start, out isFirst) is { Activity: not null } entered)
            run = entered;
        var turn = AgentTurn.Start(start, run, joined: current is null && !isFirst ? run : null);
        if (start.Input is { } input && ContentSettings.Current.Capture)
            SetInput(turn, input);
        return new TurnCall<T>(turn, isFirst ? run : null, start.Conversation is not null, reader);
    }

    public void Add(T item)
    {
        if (_turn?.Activity is not { IsAllDataRequested: true })
            return;
        if (ContentSettings.Current.Capture)
            (_items ??= []).Add(item);
        try
        {
            _turn.AddUsage(_reader.UsageOf(item));
            if (!_knowsConversation)
            {
                _knowsConversation = true;
                LearnConversation(item);
            }
        }
        catch (Exception exception)
        {
            TracedTurns.NotRead(exception);
        }
    }

    public readonly void Complete() => End(ChatFinishReason.Stop);

    public readonly void Abandon()
    {
        _turn?.Abandon();
        End(null);
    }

    public readonly void Fail(Exception exception)
    {
        _turn?.Fail(exception);
        if (_run is not null)
            _run.Fail(exception);
        End(null);
    }

    private readonly void End(ChatFinishReason? reason)
    {
        try
        {
            if (_items is not null)
                _turn?.SetOutput(SpokenMessages.Of(_items, _reader), reason);
        }
        catch (Exception exception)
        {
            TracedTurns.NotRead(exception);
        }

        _turn?.Dispose();
        _run?.Dispose();
    }

    private readonly void LearnConversation(T item)
    {
        if (_run is not null)
            ConversationRuns.Remember(_reader.ConversationOf(item), _run);
        if (_reader.ConversationIdOf(item) is { } id)
            _turn?.SetConversationId(id);
    }

    private static void SetInput(AgentTurn turn, Func<IEnumerable<ChatMessage>> input)
    {
        try
        {
            turn.SetInput(input());
        }
        catch (Exception exception)
        {
            TracedTurns.NotRead(exception);
        }
    }
}
