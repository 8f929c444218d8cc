using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Tests.Runs.Spans;

/// <summary>Spans of one trace for tests; times are in seconds after the epoch, ids are given as short hex.</summary>
internal static class SpanBuilder
{
    public static AgentSpan Span(string id, string? parent, string operation, string? name, double start, params (string Key, object? Value)[] attributes) => new()
    {
        TraceId = "0123456789abcdef0123456789abcdef",
        SpanId = id.PadLeft(16, '0'),
        ParentSpanId = parent?.PadLeft(16, '0'),
        Name = GenAiOperations.SpanName(operation, name),
        StartTimeUnixNano = (ulong)(start * 1e9),
        EndTimeUnixNano = (ulong)((start + 0.5) * 1e9),
        Attributes = new Dictionary<string, object?>(attributes.Select(a => KeyValuePair.Create(a.Key, a.Value))) { [GenAiAttributes.OperationName] = operation },
    };

    public static AgentSpan Turn(string id, string? parent, string agent, double start, params (string Key, object? Value)[] attributes) =>
        Span(id, parent, GenAiOperations.InvokeAgent, agent, start, [.. attributes, (GenAiAttributes.AgentName, agent)]);

    public static AgentSpan Root(string id = "1", params (string Key, object? Value)[] attributes) =>
        Span(id, null, GenAiOperations.InvokeWorkflow, "desk", 0, attributes);

    public static AgentSpan Tool(string id, string parent, string name, double start, params (string Key, object? Value)[] attributes) =>
        Span(id, parent, GenAiOperations.ExecuteTool, name, start, [.. attributes, (GenAiAttributes.ToolName, name)]);

    public static AgentSpan Chat(string id, string? parent, double start, params (string Key, object? Value)[] attributes) =>
        Span(id, parent, GenAiOperations.Chat, "some-model", start, attributes);

    public static (string, object?) Says(string json) => (GenAiAttributes.OutputMessages, json);

    public static AgentRun Read(params AgentSpan[] spans)
    {
        AgentRun run = SpanRunReader.Read(spans)!;
        // Collectors get spans in any order.
        Assert.Equivalent(run, SpanRunReader.Read([.. spans.Reverse()]), strict: true);
        Assert.Equal(Enumerable.Range(0, run.Steps.Count), run.Steps.Select(step => step.Index));
        return run;
    }
}
