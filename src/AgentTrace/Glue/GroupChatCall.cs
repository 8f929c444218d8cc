using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Spans;
using AgentTrace.Turns;
using Microsoft.Extensions.AI;

namespace AgentTrace.Glue;

/// <summary>One reading of a group chat's stream: a run, and inside it the turn that is going on.</summary>
/// <remarks>
/// The chat does not say beforehand who speaks next. So a tentative turn is open whenever the chat works; it gets its name from the message, or
/// from the framework's own span inside it.
/// </remarks>
internal sealed class GroupChatCall<T> : IStreamedCall<T>
{
    private readonly AgentRun _run;
    private readonly TurnReader<T> _reader;
    private readonly List<T> _said = [];
    private TentativeTurn _turn;
    private string? _speaker;

    public GroupChatCall(AgentRun run, TurnReader<T> reader)
    {
        _run = run;
        _reader = reader;
        _turn = Open();
    }

    public Activity? Innermost => _turn.Turn.Activity;

    public void Add(T item)
    {
        try
        {
            Take(item);
        }
        catch (Exception exception)
        {
            TracedTurns.NotRead(exception);
        }
    }

    private void Take(T item)
    {
        string? author = _reader.AuthorOf(item);
        if (_speaker is not null && _speaker != author)
            NextTurn(ChatFinishReason.Stop);
        _turn.Keep(author);
        _speaker = author;
        _turn.Turn.AddUsage(_reader.UsageOf(item));
        if (ContentSettings.Current.Capture)
            _said.Add(item);
        if (!_reader.IsPiecewise)
            NextTurn(ChatFinishReason.Stop);
    }

    public void Complete() => End(ChatFinishReason.Stop);

    public void Abandon()
    {
        if (_turn.IsKept)
            _turn.Turn.Abandon();
        End(null);
    }

    public void Fail(Exception exception)
    {
        _turn.Fail(exception);
        _run.Fail(exception);
        End(null);
    }

    private void NextTurn(ChatFinishReason? reason)
    {
        CloseTurn(reason);
        Activity.Current = _run.Activity;
        _turn = Open();
    }

    private TentativeTurn Open()
    {
        var turn = TentativeTurn.Open(null, null);
        turn.Next = () =>
        {
            NextTurn(ChatFinishReason.Stop);
            return _turn;
        };
        return turn;
    }

    private void End(ChatFinishReason? reason)
    {
        CloseTurn(reason);
        _run.Dispose();
    }

    private void CloseTurn(ChatFinishReason? reason)
    {
        try
        {
            if (_said.Count > 0)
                _turn.Turn.SetOutput(SpokenMessages.Of(_said, _reader), reason);
        }
        catch (Exception exception)
        {
            TracedTurns.NotRead(exception);
        }

        _said.Clear();
        _speaker = null;
        _turn.Close();
    }
}
