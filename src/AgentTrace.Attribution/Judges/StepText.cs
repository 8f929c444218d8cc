using System.Globalization;
using System.Text;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges;

/// <summary>Writes steps for a model to read: what was said, what was called, what went wrong.</summary>
internal sealed class StepText(string fence, int maxCharacters)
{
    /// <summary>Whether any step written so far was shortened.</summary>
    public bool HasShortened { get; private set; }

    /// <summary>Appends <c>{fence} step 3 | Agent: content</c>.</summary>
    public void Append(StringBuilder prompt, Step step)
    {
        prompt.Append(CultureInfo.InvariantCulture, $"{fence} step {step.Index} | {OneLine(step.Speaker)}: ");
        AppendShortened(prompt, Content(step));
        prompt.Append('\n');
    }

    private static string Content(Step step)
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

    // The start of a long step says what was attempted, its end what came of it: keep two thirds and one third.
    private void AppendShortened(StringBuilder prompt, string content)
    {
        if (content.Length <= maxCharacters)
        {
            prompt.Append(content);
            return;
        }

        HasShortened = true;
        int head = maxCharacters * 2 / 3;
        int tail = maxCharacters - head;
        prompt.Append(content.AsSpan(0, head))
            .Append(CultureInfo.InvariantCulture, $"\n[... {content.Length - head - tail} characters left out ...]\n")
            .Append(content.AsSpan(content.Length - tail));
    }

    private static string OneLine(string name) => name.ReplaceLineEndings(" ");
}
