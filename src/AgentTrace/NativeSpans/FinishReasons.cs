using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AgentTrace.Conventions;

namespace AgentTrace.NativeSpans;

/// <summary>Why the model stopped, as the array that the conventions ask for: frameworks write a text that looks like one.</summary>
internal static class FinishReasons
{
    private const string NotKnown = "N/A";
    private static readonly string[] s_singular = ["gen_ai.response.finish_reason", "finish_reason"];

    public static void Normalize(Activity activity)
    {
        object? written = activity.GetTagItem(GenAiAttributes.ResponseFinishReasons);
        foreach (string key in s_singular)
        {
            if (activity.GetTagItem(key) is not { } single)
                continue;
            written ??= single;
            activity.SetTag(key, null);
        }

        if (written is not string text)
            return;
        string[] reasons = [.. Read(text).Where(reason => reason is not ("" or NotKnown)).Select(Word)];
        activity.SetTag(GenAiAttributes.ResponseFinishReasons, reasons.Length > 0 ? reasons : null);
    }

    private static IEnumerable<string> Read(string text)
    {
        if (!text.StartsWith('['))
            return [text];
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(reason => reason.ToString())];
        }
        catch (JsonException)
        {
            return [text];
        }
    }

    // The SDKs of model providers print their enums: "ToolCalls", "STOP".
    private static string Word(string reason)
    {
        var word = new StringBuilder(reason.Length + 2);
        for (int i = 0; i < reason.Length; i++)
        {
            if (i > 0 && char.IsUpper(reason[i]) && char.IsLower(reason[i - 1]))
                word.Append('_');
            word.Append(char.ToLowerInvariant(reason[i]));
        }

        return word.ToString();
    }
}
