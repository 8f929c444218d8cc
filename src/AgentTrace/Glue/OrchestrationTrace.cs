using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using AgentTrace.Handoffs;
using AgentTrace.Spans;
using AgentTrace.Turns;

namespace AgentTrace.Glue;

/// <summary>
/// For generated code: one run of an orchestration whose agents talk by messages. Whatever thread handles a message, it is handled under the run's
/// span, and the turn that comes of it points back to the turn that sent the message.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OrchestrationTrace
{
    private readonly AgentRun _run;
    private readonly ConditionalWeakTable<object, Sender> _senders = [];

    private OrchestrationTrace(AgentRun run) => _run = run;

    /// <summary>Starts a run under the caller's span; null when nobody listens.</summary>
    /// <param name="name">The orchestration's name.</param>
    /// <param name="input">Content: what it is asked to do.</param>
    public static OrchestrationTrace? Start(string name, object? input)
    {
        if (!TracedSpan.HasListeners)
            return null;
        var run = AgentRun.Start(name);
        if (TracedTurns.TextOf(input) is { } text)
            run.SetInput(text);
        return new OrchestrationTrace(run);
    }

    /// <summary>Notes whose turn a message comes of, so that the turn it causes can point back.</summary>
    /// <remarks>Who only passes messages on, as a manager without a model does, has no turn to point to: its message comes of the turn before.</remarks>
    public void Sending(object message)
    {
        if (TentativeTurn.Current is not { } turn)
            return;
        if (turn.KeepWhenSending)
            turn.Keep();
        if ((turn.IsKept ? turn.Turn.AsSender : turn.From) is { } sender)
            _senders.AddOrUpdate(message, new Sender(sender));
    }

    /// <summary>Handles one message under the run's span, as a turn of the receiver where it turns out to be one.</summary>
    /// <param name="receiver">The agent's name, or what else the receiver is called.</param>
    /// <param name="isAgent">True when the receiver hosts an agent: what it sends on is then the outcome of a turn.</param>
    /// <param name="message">The message.</param>
    /// <param name="state">Handed to <paramref name="handle"/>.</param>
    /// <param name="handle">Handles the message.</param>
    public async ValueTask<T> HandleAsync<TState, T>(string receiver, bool isAgent, object message, TState state, Func<TState, ValueTask<T>> handle)
    {
        // An async method's changes of the current activity end with it: the runtime's own loop keeps its own.
        if (_run.Activity is { } run)
            Activity.Current = run;
        var turn = TentativeTurn.Open(receiver, _senders.TryGetValue(message, out Sender? sender) ? sender.Turn : null);
        turn.KeepWhenSending = isAgent;
        try
        {
            return await handle(state).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            turn.Fail(exception);
            // Agents report their failures to the orchestration's result. Whoever else fails leaves it waiting for ever, and the run with it.
            if (!isAgent)
                Fail(exception);
            throw;
        }
        finally
        {
            turn.Close();
        }
    }

    /// <summary>The orchestration could not start, or cannot go on.</summary>
    public void Fail(Exception exception)
    {
        _run.Fail(exception);
        _run.Dispose();
    }

    /// <summary>Ends the run when its result is there: a result is a success, an exception a failure.</summary>
    public void EndWith<T>(Task<T> result) => _ = EndWithAsync(result);

    private async Task EndWithAsync<T>(Task<T> result)
    {
        try
        {
            T value = await result.ConfigureAwait(false);
            _run.Succeed(TracedTurns.TextOf(value));
        }
#pragma warning disable CA1031 // The exception goes to whoever awaits the result; here it only says how the run ended.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _run.Fail(exception);
        }

        _run.Dispose();
    }

    private sealed record Sender(PendingHandoff Turn);
}
