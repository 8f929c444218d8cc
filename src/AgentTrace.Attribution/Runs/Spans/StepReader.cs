using AgentTrace.Attribution.Runs.Spans.Messages;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>Turns the spans of one step into a <see cref="Step"/>.</summary>
internal static class StepReader
{
    public static Step Read(StepSpans spans, int index, SpanTree tree)
    {
        AgentSpan turn = spans.Turn;
        string speaker = AgentNames.SpeakerOf(turn, tree.Operation(turn)!, tree);
        IReadOnlyList<SpanMessage> output = First(spans.Whole.Concat(Enumerable.Reverse(spans.Chats)), GenAiAttributes.OutputMessages);
        IReadOnlyList<ToolCall> calls = ReadCalls(spans, tree, output);
        return new Step
        {
            Index = index,
            Agent = AgentNames.AgentOf(turn, speaker),
            Speaker = speaker,
            Input = InputOf(spans) is { Count: > 0 } input ? Join(input) : null,
            Output = Join(output.Where(message => message.Role != SpanMessage.ToolRole)),
            ToolCalls = calls,
            Error = spans.Whole.Select(SpanErrors.Of).FirstOrDefault(error => error is not null) ?? LastChatError(spans),
            HandoffFrom = Base(Text(spans, AgentTraceAttributes.HandoffFrom)),
            HandoffTo = Base(Text(spans, AgentTraceAttributes.HandoffTo)) ?? SpeakerName.Parse(speaker).HandoffTo ?? calls.Select(HandoffTools.TargetOf).LastOrDefault(target => target is not null),
            Abandoned = Text(spans, AgentTraceAttributes.TurnOutcome) == AgentTraceAttributes.AbandonedOutcome,
            SpanId = turn.SpanId,
            ParentSpanId = turn.ParentSpanId,
            LinkedSpanIds = turn.LinkedSpanIds,
            StartTime = Time(turn.StartTimeUnixNano),
            EndTime = Time(turn.EndTimeUnixNano),
        };
    }

    /// <summary>What the turn was given.</summary>
    public static IReadOnlyList<SpanMessage> InputOf(StepSpans spans) => First(spans.Whole.Concat(spans.Chats), GenAiAttributes.InputMessages);

    /// <summary>The texts, one after the other; messages without text leave no trace.</summary>
    public static string Join(IEnumerable<SpanMessage> messages) =>
        string.Join('\n', messages.Select(message => message.Text).Where(text => text.Length > 0));

    private static IReadOnlyList<ToolCall> ReadCalls(StepSpans spans, SpanTree tree, IReadOnlyList<SpanMessage> output)
    {
        // The turn's own messages tell the calls once; where they do not, the model's rounds do.
        IReadOnlyList<SpanMessage> rounds = [.. spans.Chats.SelectMany(chat => Messages(chat, GenAiAttributes.OutputMessages))];
        IReadOnlyList<SpanMessage> inputs = [.. spans.Chats.SelectMany(chat => Messages(chat, GenAiAttributes.InputMessages))];
        return ToolCallReader.Read(spans.Tools, tree, output.Any(message => message.Calls.Count > 0) ? output : rounds, inputs);
    }

    private static IReadOnlyList<SpanMessage> First(IEnumerable<AgentSpan> spans, string attribute) =>
        spans.Select(span => Messages(span, attribute)).FirstOrDefault(messages => messages.Count > 0) ?? [];

    private static IReadOnlyList<SpanMessage> Messages(AgentSpan span, string attribute) =>
        MessageReader.Read(span.Attributes.GetValueOrDefault(attribute));

    // Semantic Kernel leaves the turn's status unset when its model fails; an error that a later round made good is none.
    private static string? LastChatError(StepSpans spans) => spans.Chats.Count > 0 ? SpanErrors.Of(spans.Chats[^1]) : null;

    private static string? Text(StepSpans spans, string attribute) =>
        spans.Whole.Select(span => span.Text(attribute)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static string? Base(string? name) => name is null ? null : SpeakerName.BaseOf(name);

    public static DateTimeOffset? Time(ulong unixNano) => unixNano == 0 ? null : DateTimeOffset.UnixEpoch.AddTicks((long)(unixNano / 100));
}
