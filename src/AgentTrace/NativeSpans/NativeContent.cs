using System.Diagnostics;
using AgentTrace.Content;
using AgentTrace.Conventions;
using AgentTrace.Diagnostics;

namespace AgentTrace.NativeSpans;

/// <summary>Holds a framework's content to our options: gone while capture is off, redacted and within the budget while it is on.</summary>
internal static class NativeContent
{
    private const string ToolDefinitions = "gen_ai.tool.definitions";
    private const string EventContent = "gen_ai.event.content";
    private const string LegacyPrompt = "gen_ai.prompt";
    private const string LegacyCompletion = "gen_ai.completion";

    public static void Apply(Activity activity)
    {
        ContentSettings settings = ContentSettings.Current;
        if (!settings.Capture && AgentTraceEventSource.Log.IsEnabled())
            WarnOfEvents(activity);
        if (Find(activity) is not { } found)
            return;

        long truncated = 0;
        foreach ((string key, string? text) in found)
        {
            CapturedContent? content = settings.Capture && text is not null ? Capture(key, text, settings) : null;
            activity.SetTag(key, content?.Text);
            truncated += content?.TruncatedCharacters ?? 0;
        }

        if (truncated > 0)
            activity.SetTag(AgentTraceAttributes.ContentTruncated, truncated);
    }

    private static List<(string Key, string? Text)>? Find(Activity activity)
    {
        List<(string, string?)>? found = null;
        foreach (ref readonly KeyValuePair<string, object?> tag in activity.EnumerateTagObjects())
            if (IsContent(tag.Key))
                (found ??= []).Add((tag.Key, tag.Value?.ToString()));
        return found;
    }

    private static bool IsContent(string key) => key switch
    {
        GenAiAttributes.InputMessages or GenAiAttributes.OutputMessages or GenAiAttributes.SystemInstructions => true,
        GenAiAttributes.ToolCallArguments or GenAiAttributes.ToolCallResult or ToolDefinitions or EventContent => true,
        // Agent Framework's workflows, with their own switch for sensitive data on.
        "executor.input" or "executor.output" or "message.content" => true,
        _ => IsLegacy(key, LegacyPrompt) || IsLegacy(key, LegacyCompletion),
    };

    private static bool IsLegacy(string key, string name) =>
        key.StartsWith(name, StringComparison.Ordinal) && (key.Length == name.Length || key[name.Length] == '.');

    // What fails is dropped and reported, as with content of our own.
    private static CapturedContent? Capture(string key, string text, ContentSettings settings)
    {
        try
        {
            return key switch
            {
                GenAiAttributes.InputMessages or GenAiAttributes.OutputMessages => NativeMessages.Messages(text, settings),
                GenAiAttributes.SystemInstructions => NativeMessages.Instructions(text, settings),
                _ => CapturedContent.Plain(text, settings),
            };
        }
        catch (Exception exception)
        {
            AgentTraceEventSource.Log.ContentDropped(key, exception);
            return null;
        }
    }

    // An event cannot be taken off a span again.
    private static void WarnOfEvents(Activity activity)
    {
        foreach (ref readonly ActivityEvent recorded in activity.EnumerateEvents())
            foreach (ref readonly KeyValuePair<string, object?> tag in recorded.EnumerateTagObjects())
                if (IsContent(tag.Key))
                {
                    AgentTraceEventSource.Log.ContentInEvents(activity.Source.Name, activity.OperationName);
                    return;
                }
    }
}
