using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Diagnostics;
using AgentTrace.Spans;
using AgentTrace.Turns;
using Microsoft.Extensions.AI;

namespace AgentTrace.Glue;

/// <summary>One turn of a framework's agent, from the interceptor's point of view.</summary>
internal sealed class TurnCall<T> : IStreamedCall<T>
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

    public Activity? Innermost => _turn?.Activity;

    public static TurnCall<T> Start(in TurnStart start, TurnReader<T> reader)
    {
        // An overload that calls another, or an agent that wraps itself: the turn is there already.
        if (EnclosingTurn.Find().AgentName is { } enclosing && enclosing == start.AgentName)
            return new TurnCall<T>(null, null, knowsConversation: true, reader);

        AgentRun? run = ConversationRuns.Enter(start, out bool isFirst);
        var options = new AgentTurnOptions
        {
            AgentId = start.AgentId,
            Description = start.Description,
            ConversationId = start.ConversationId,
            Kind = start.Kind,
        };
        var turn = AgentTurn.Start(start.AgentName, options, isFirst ? null : run);
        if (start.Input is { } input && ContentSettings.Current.Capture)
            Record("read a turn's input", () => turn.SetInput(input()));
        return new TurnCall<T>(turn, isFirst ? run : null, start.Conversation is not null, reader);
    }

    public void Add(T item)
    {
        if (_turn?.Activity is not { IsAllDataRequested: true })
            return;
        if (!_knowsConversation)
            LearnConversation(item);
        if (ContentSettings.Current.Capture)
            (_items ??= []).Add(item);
        Record("read a turn's usage", () => _turn.AddUsage(_reader.UsageOf(item)));
    }

    public void Complete() => End(ChatFinishReason.Stop);

    public void Abandon()
    {
        _turn?.Abandon();
        End(null);
    }

    public void Fail(Exception exception)
    {
        _turn?.Fail(exception);
        if (_run is not null)
            _run.Fail(exception);
        End(null);
    }

    private void End(ChatFinishReason? reason)
    {
        if (_items is { } items)
            Record("read a turn's output", () => _turn?.SetOutput(SpokenMessages.Of(items, _reader), reason));
        _turn?.Dispose();
        _run?.Dispose();
    }

    private void LearnConversation(T item)
    {
        _knowsConversation = true;
        Record("read a turn's conversation", () =>
        {
            ConversationRuns.Remember(_reader.ConversationOf(item), _run);
            if (_reader.ConversationIdOf(item) is { } id)
                _turn?.SetConversationId(id);
        });
    }

    /// <summary>What a framework's own objects throw while they are read must not reach the app.</summary>
    private static void Record(string what, Action read)
    {
        try
        {
            read();
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.RecordingFailed(what, exception);
        }
    }
}
