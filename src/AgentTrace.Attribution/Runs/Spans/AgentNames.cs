using System.Buffers;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>The name of the agent a span belongs to, however its producer wrote it.</summary>
internal static class AgentNames
{
    private const int ShortestId = 8;
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>The speaker of a turn: the most that is known about who spoke.</summary>
    public static string SpeakerOf(AgentSpan span, string operation, SpanTree tree)
    {
        string? id = Filled(span.Text(GenAiAttributes.AgentId));
        string? name = Filled(span.Text(AgentTraceAttributes.TurnSpeaker)) ?? Filled(span.Text(GenAiAttributes.AgentName));
        if (operation == GenAiOperations.InvokeAgent)
            name ??= Filled(SpanOperations.Target(span, operation)) ?? id;
        name ??= Filled(tree.Nearest(span, GenAiOperations.InvokeWorkflow)?.Text(GenAiAttributes.WorkflowName)) ?? Filled(span.ServiceName);
        return name is null ? (operation == GenAiOperations.Chat ? "model" : "agent") : WithoutId(name, id);
    }

    /// <summary>The base name that is blamed.</summary>
    public static string AgentOf(AgentSpan span, string speaker) =>
        Filled(span.Text(GenAiAttributes.AgentName)) is { } name
            ? SpeakerName.Parse(WithoutId(name, Filled(span.Text(GenAiAttributes.AgentId)))).Agent
            : SpeakerName.Parse(speaker).Agent;

    // Agent Framework shows an agent as Name(id): the id is another one each time the app starts.
    private static string WithoutId(string name, string? id)
    {
        int open = name.LastIndexOf('(');
        if (open <= 0 || !name.EndsWith(')') || name[open - 1] == ' ')
            return name;
        ReadOnlySpan<char> inside = name.AsSpan(open + 1, name.Length - open - 2);
        return inside.SequenceEqual(id) || IsGeneratedId(inside) ? name[..open] : name;
    }

    private static bool IsGeneratedId(ReadOnlySpan<char> text) =>
        text.Length >= ShortestId && !text.ContainsAnyExcept(IdCharacters);

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
