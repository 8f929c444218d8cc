using AgentTrace.Diagnostics;

namespace AgentTrace.Content;

/// <summary>
/// The text of an error. It is written whether content is captured or not, so its secrets go out first and it is kept short.
/// </summary>
internal static class ErrorText
{
    private const int MaxCharacters = 8192;

    public static string? Of(string text) => Of(text, static text => text);

    /// <summary>The text, or null when reading or redacting it failed.</summary>
    public static string? Of<T>(T source, Func<T, string> read)
    {
        try
        {
            return RedactedText.From(read(source), ContentSettings.Current.Redactor, MaxCharacters).Cut(MaxCharacters, out _);
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.ContentDropped("error text", exception);
            return null;
        }
    }
}
