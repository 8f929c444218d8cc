namespace AgentTrace;

/// <summary>Takes out of a text what must not leave the process.</summary>
/// <remarks>Called from many threads at once, on the app's own path: be quick and keep no state.</remarks>
public interface IContentRedactor
{
    /// <summary>Returns <paramref name="text"/> with its secrets replaced.</summary>
    /// <param name="text">One text: a message part, the JSON of a call's arguments, a result, or an error's message.</param>
    /// <returns>The text that may be written.</returns>
    /// <remarks>An exception drops the text: the span goes out without it and the event source <c>AgentTrace-SDK</c> warns.</remarks>
    string Redact(string text);
}
