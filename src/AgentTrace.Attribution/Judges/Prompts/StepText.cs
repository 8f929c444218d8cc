using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Prompts;

/// <summary>Writes steps for a model to read: what was said, what was called, what went wrong.</summary>
internal static class StepText
{
    /// <summary>What a step holds, as one text.</summary>
    public static string Content(Step step)
    {
        if (step.ToolCalls.Count == 0 && step.Error is null)
            return step.Output;
        StringBuilder content = new();
        foreach (ToolCall call in step.ToolCalls)
        {
            content.Append(CultureInfo.InvariantCulture, $"[called {call.Name}({call.Arguments})");
            if (call.Error is not null)
                content.Append(CultureInfo.InvariantCulture, $", which failed: {call.Error}");
            if (call.Result is not null)
                content.Append(CultureInfo.InvariantCulture, $", which returned: {call.Result}");
            content.Append("]\n");
        }

        if (step.Error is not null)
            content.Append(CultureInfo.InvariantCulture, $"[this turn failed: {step.Error}]\n");
        return content.Append(step.Output).ToString();
    }

    /// <summary>Appends a text whose lines all stand behind a mark: none can pass for a line of the prompt.</summary>
    public static void AppendQuoted(StringBuilder prompt, string text) => prompt.Append(text.ReplaceLineEndings("\n> ")).Append('\n');
}
