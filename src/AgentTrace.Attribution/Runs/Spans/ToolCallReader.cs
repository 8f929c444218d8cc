using AgentTrace.Attribution.Runs.Spans.Messages;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>The tool calls of one step: those with a span, and those that only messages tell of.</summary>
internal sealed class ToolCallReader
{
    private sealed record Entry(ToolCall Call, string? CallId);

    private readonly List<Entry> _entries = [];

    /// <summary>Reads the calls in order; a call that both a span and a message tell of counts once.</summary>
    /// <param name="spans">The step's <c>execute_tool</c> spans by start time.</param>
    /// <param name="tree">The spans around them.</param>
    /// <param name="messages">What the agent or its model put out in this turn.</param>
    /// <param name="inputs">What was given to the model during the turn: later rounds hold the tools' answers.</param>
    public static IReadOnlyList<ToolCall> Read(
        IReadOnlyList<AgentSpan> spans, SpanTree tree, IReadOnlyList<SpanMessage> messages, IReadOnlyList<SpanMessage> inputs)
    {
        if (spans.Count == 0 && messages.Count == 0)
            return [];
        ToolCallReader reader = new();
        foreach (AgentSpan span in spans)
            reader.AddSpan(span, tree);

        HashSet<int> taken = [];
        Dictionary<string, string> results = new(StringComparer.Ordinal);
        foreach (MessageToolResponse response in inputs.Concat(messages).SelectMany(message => message.Responses))
        {
            if (response.Id is { Length: > 0 } id)
                results[id] = response.Result;
        }

        foreach (MessageToolCall call in messages.SelectMany(message => message.Calls))
            reader.AddMessage(call, call.Id is { } id ? results.GetValueOrDefault(id) : null, taken);
        return [.. reader._entries.Select(entry => entry.Call)];
    }

    private void AddSpan(AgentSpan span, SpanTree tree)
    {
        ToolCall call = new()
        {
            Name = NameOf(span),
            Arguments = AttributeJson.Text(span.Attributes.GetValueOrDefault(GenAiAttributes.ToolCallArguments)),
            Result = AttributeJson.Text(span.Attributes.GetValueOrDefault(GenAiAttributes.ToolCallResult)),
            Error = SpanErrors.Of(span),
            SpanId = span.SpanId,
        };
        string? callId = span.Text(GenAiAttributes.ToolCallId);
        // Two layers may each write a span for the same call: with the same call id, or one right inside the other.
        string? around = tree.NearestKnown(span) is { } outer && tree.Operation(outer) == GenAiOperations.ExecuteTool ? outer.SpanId : null;
        int same = _entries.FindIndex(entry =>
            (callId is { Length: > 0 } && entry.CallId == callId) || (around is not null && entry.Call.SpanId == around && SameTool(entry.Call.Name, call.Name)));
        if (same < 0)
            _entries.Add(new Entry(call, callId));
        else
            Fill(same, call.Arguments, call.Result, call.Error);
    }

    private void AddMessage(MessageToolCall call, string? result, HashSet<int> taken)
    {
        int same = call.Id is { Length: > 0 } ? _entries.FindIndex(entry => entry.CallId == call.Id) : -1;
        if (same < 0)
        {
            // Semantic Kernel's tool spans carry no call id: the next one of that tool is taken for this call.
            for (int i = 0; i < _entries.Count && same < 0; i++)
            {
                (ToolCall known, string? callId) = _entries[i];
                if (known.SpanId is not null && (callId is null || call.Id is null) && SameTool(known.Name, call.Name) && !taken.Contains(i))
                    same = i;
            }
        }

        if (same >= 0)
        {
            taken.Add(same);
            Fill(same, call.Arguments, result, null);
        }
        else
        {
            _entries.Add(new Entry(new ToolCall { Name = call.Name, Arguments = call.Arguments, Result = result }, call.Id));
        }
    }

    private void Fill(int index, string? arguments, string? result, string? error)
    {
        ToolCall call = _entries[index].Call;
        _entries[index] = _entries[index] with
        {
            Call = call with { Arguments = call.Arguments ?? arguments, Result = call.Result ?? result, Error = call.Error ?? error },
        };
    }

    private static string NameOf(AgentSpan span) =>
        span.Text(GenAiAttributes.ToolName) is { Length: > 0 } name ? name : SpanOperations.Target(span, GenAiOperations.ExecuteTool) ?? "tool";

    // Semantic Kernel puts the plugin's name in front: plugin-function or plugin.function.
    private static bool SameTool(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal) || EndsWithName(one, other) || EndsWithName(other, one);

    private static bool EndsWithName(string full, string name) =>
        full.Length > name.Length + 1 && full.EndsWith(name, StringComparison.Ordinal) && full[^(name.Length + 1)] is '-' or '.';
}
