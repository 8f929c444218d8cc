using System.ComponentModel;
using AgentTrace.Content;
using AgentTrace.Diagnostics;
using AgentTrace.Spans;

namespace AgentTrace.Glue;

/// <summary>For generated code: runs an agent's turn with its span around it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TracedTurns
{
    /// <summary>False when nobody listens: the agent is then called as if AgentTrace were not there.</summary>
    public static bool IsRecording => TracedSpan.HasListeners;

    /// <summary>The stream with a turn around each reading of it.</summary>
    public static IAsyncEnumerable<T> Stream<T>(IAsyncEnumerable<T> items, TurnStart start, TurnReader<T> reader) =>
        new TurnStream<T>(items, start, reader);

    /// <summary>Awaits the call with a turn around it.</summary>
    public static async Task<T> AwaitAsync<TCall, T>(TCall call, Func<TCall, Task<T>> invoke, TurnStart start, TurnReader<T> reader)
    {
        TurnCall<T> turn = TurnCall<T>.Start(start, reader);
        try
        {
            T response = await invoke(call).ConfigureAwait(false);
            turn.Add(response);
            turn.Complete();
            return response;
        }
        catch (Exception exception)
        {
            turn.Fail(exception);
            throw;
        }
    }

    /// <summary>A call that threw before there was anything to await or to read is a failed turn too.</summary>
    public static void Failed<T>(TurnStart start, TurnReader<T> reader, Exception exception) =>
        TurnCall<T>.Start(start, reader).Fail(exception);

    /// <summary>What a framework's own objects throw while they are read must not reach the app.</summary>
    internal static void NotRead(Exception exception) => AgentTraceEventSource.Log.RecordingFailed("read what an agent was given or said", exception);

    /// <summary>Content: the value as text, where content is captured; null where it is not, or cannot be had.</summary>
    internal static string? TextOf(object? value)
    {
        try
        {
            return ContentSettings.Current.Capture ? value?.ToString() : null;
        }
        catch (Exception exception)
        {
            NotRead(exception);
            return null;
        }
    }
}
