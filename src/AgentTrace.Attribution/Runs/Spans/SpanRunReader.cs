using AgentTrace.Attribution.Runs.Spans.Messages;
using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>Reads a run from the spans of its trace: AgentTrace's own, and <c>gen_ai.*</c> spans of Semantic Kernel, Agent Framework and others.</summary>
/// <remarks>
/// Steps are <c>invoke_agent</c> spans and model calls without an agent above them. They stand in the order of
/// <c>agenttrace.turn.index</c> when each has one of its own, else by start time, then span id. Spans may come in any order, twice, with absent
/// or circular parents; message content that is no valid JSON is read as plain text. Verdicts written into the trace earlier are not read.
/// </remarks>
public static class SpanRunReader
{
    /// <summary>Reads the run; null when no span speaks of agents, models or tools. A trace of tool calls alone is a run without steps.</summary>
    /// <param name="spansOfOneTrace">The trace's spans, as many as have come in.</param>
    /// <exception cref="ArgumentException">The spans belong to more than one trace.</exception>
    public static AgentRun? Read(IReadOnlyCollection<AgentSpan> spansOfOneTrace)
    {
        ArgumentNullException.ThrowIfNull(spansOfOneTrace);
        string? traceId = null;
        foreach (AgentSpan span in spansOfOneTrace)
        {
            traceId ??= span.TraceId;
            if (span.TraceId != traceId)
                throw new ArgumentException($"The spans belong to the traces {traceId} and {span.TraceId}: group them by trace id first.", nameof(spansOfOneTrace));
        }

        SpanTree tree = new(spansOfOneTrace);
        return tree.All.Any(span => tree.Operation(span) is not null) ? Read(traceId!, tree) : null;
    }

    private static AgentRun Read(string traceId, SpanTree tree)
    {
        StepSpans[] spans = [.. InOrder(StepGrouping.Group(tree))];
        Step[] steps = [.. spans.Select((step, index) => StepReader.Read(step, index, tree))];
        HandoffPairs.Complete(steps);
        (RunOutcome outcome, string? reason) = OutcomeReader.Read(tree);
        return new AgentRun
        {
            Id = traceId,
            Name = FirstOfRun(tree, WorkflowName),
            ServiceVersion = FirstOfRun(tree, span => span.ServiceVersion) ?? tree.All.Select(span => span.ServiceVersion).FirstOrDefault(version => !string.IsNullOrWhiteSpace(version)),
            Task = FirstOfRun(tree, span => UserText(MessageReader.Read(span.Attributes.GetValueOrDefault(GenAiAttributes.InputMessages))))
                ?? (spans.Length > 0 ? UserText(StepReader.InputOf(spans[0])) : null),
            ExpectedAnswer = tree.All.Select(span => span.Text(AgentTraceAttributes.RunExpectedAnswer)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)),
            Outcome = outcome,
            OutcomeReason = reason,
            RootSpanId = tree.Root?.SpanId,
            StartTime = tree.Root is { } start ? StepReader.Time(start.StartTimeUnixNano) : null,
            EndTime = tree.Root is { } end ? StepReader.Time(end.EndTimeUnixNano) : null,
            Steps = steps,
        };
    }

    private static IReadOnlyList<StepSpans> InOrder(IReadOnlyList<StepSpans> byTime)
    {
        HashSet<long> seen = [];
        bool indexed = byTime.All(step => step.Turn.WholeNumber(AgentTraceAttributes.TurnIndex) is { } index && seen.Add(index));
        return indexed ? [.. byTime.OrderBy(step => step.Turn.WholeNumber(AgentTraceAttributes.TurnIndex))] : byTime;
    }

    private static string? FirstOfRun(SpanTree tree, Func<AgentSpan, string?> read) =>
        tree.RunSpans.Select(read).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static string? WorkflowName(AgentSpan span) =>
        span.Text(GenAiAttributes.WorkflowName) ?? SpanOperations.Target(span, GenAiOperations.InvokeWorkflow);

    // Text without a role came from a producer that wrote no messages at all: it is what the user typed.
    private static string? UserText(IReadOnlyList<SpanMessage> messages)
    {
        string text = StepReader.Join(messages.Where(message => message.Role is null or SpanMessage.UserRole));
        return text.Length > 0 ? text : null;
    }
}
