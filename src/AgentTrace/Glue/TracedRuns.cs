using System.ComponentModel;
using AgentTrace.Spans;

namespace AgentTrace.Glue;

/// <summary>For generated code: runs that a framework starts by one call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TracedRuns
{
    /// <summary>A group chat's stream as one run: each message, or each sequence of pieces by one author, is a turn.</summary>
    /// <param name="items">The chat's stream.</param>
    /// <param name="chat">The chat: calls on the same one share a trace where nothing else says so.</param>
    /// <param name="reader">How to read what the chat gives back.</param>
    public static IAsyncEnumerable<T> GroupChat<T>(IAsyncEnumerable<T> items, object chat, TurnReader<T> reader) =>
        new TracedStream<T>(items, () => new GroupChatCall<T>(ConversationRuns.Start(chat.GetType().Name, chat), reader));

    /// <summary>
    /// Runs a workflow inside a run's span. What the call starts and does not await, as a streamed workflow does, hangs under it as well, though the
    /// span ends with the call.
    /// </summary>
    public static async ValueTask<T> AwaitAsync<T>(string name, Func<ValueTask<T>> invoke)
    {
        using var run = AgentRun.Start(name);
        try
        {
            return await invoke().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            run.Fail(exception);
            throw;
        }
    }
}
