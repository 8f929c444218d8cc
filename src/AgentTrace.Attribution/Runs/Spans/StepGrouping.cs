using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>Says which spans are steps and which step every other span belongs to.</summary>
/// <remarks>
/// A step is an <c>invoke_agent</c> span, or a model call without an agent above it (a manager that is no agent of the framework).
/// A framework's own <c>invoke_agent</c> right under ours, for the same agent, is the same turn seen twice; so is a model call right under a
/// model call. A tool call belongs to the nearest agent above it; one that lost its parent belongs to the last step that had begun by then.
/// </remarks>
internal sealed class StepGrouping
{
    private readonly SpanTree _tree;
    private readonly Dictionary<string, StepSpans> _stepOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AgentSpan> _outermost = new(StringComparer.Ordinal);
    private readonly List<StepSpans> _steps = [];

    private StepGrouping(SpanTree tree) => _tree = tree;

    /// <summary>The steps by start time, then span id.</summary>
    public static IReadOnlyList<StepSpans> Group(SpanTree tree)
    {
        StepGrouping grouping = new(tree);
        // Agents first, since a model or tool call may carry an earlier time than the agent it belongs to (clocks of two machines).
        foreach (AgentSpan span in grouping.Spans(GenAiOperations.InvokeAgent))
            grouping.PlaceTurn(span);
        foreach (AgentSpan span in grouping.Spans(GenAiOperations.Chat))
            grouping.PlaceChat(span);
        StepSpans[] steps = [.. grouping._steps.OrderBy(step => step.Turn.StartTimeUnixNano).ThenBy(step => step.Turn.SpanId, StringComparer.Ordinal)];
        foreach (AgentSpan span in grouping.Spans(GenAiOperations.ExecuteTool))
            grouping.PlaceTool(span, steps);
        return steps;
    }

    private IEnumerable<AgentSpan> Spans(string operation) => _tree.All.Where(span => _tree.Operation(span) == operation);

    private void PlaceTurn(AgentSpan span) => Place(span, Outermost(span, TurnAround), step => step.Doubles);

    /// <summary>The last span on the way out; every span on it keeps the answer, so that a deep nest is walked once.</summary>
    private AgentSpan Outermost(AgentSpan span, Func<AgentSpan, AgentSpan?> around)
    {
        List<AgentSpan> way = [span];
        HashSet<string> seen = new(StringComparer.Ordinal) { span.SpanId };
        AgentSpan? known;
        while (!_outermost.TryGetValue(way[^1].SpanId, out known) && around(way[^1]) is { } outer && seen.Add(outer.SpanId))
            way.Add(outer);
        AgentSpan outermost = known ?? way[^1];
        foreach (AgentSpan passed in way)
            _outermost[passed.SpanId] = outermost;
        return outermost;
    }

    private AgentSpan? TurnAround(AgentSpan span) =>
        span.WholeNumber(AgentTraceAttributes.TurnIndex) is null
        && _tree.NearestKnown(span) is { } outer
        && _tree.Operation(outer) == GenAiOperations.InvokeAgent
        && string.Equals(Agent(outer), Agent(span), StringComparison.OrdinalIgnoreCase)
            ? outer
            : null;

    private string Agent(AgentSpan span) => AgentNames.AgentOf(span, AgentNames.SpeakerOf(span, GenAiOperations.InvokeAgent, _tree));

    private void PlaceChat(AgentSpan span)
    {
        if (_tree.Nearest(span, GenAiOperations.InvokeAgent) is { } agent)
        {
            StepSpans around = _stepOf[agent.SpanId];
            around.Chats.Add(span);
            _stepOf[span.SpanId] = around;
            return;
        }

        Place(span, Outermost(span, ChatAround), step => step.Doubles);
    }

    private AgentSpan? ChatAround(AgentSpan span) =>
        _tree.NearestKnown(span) is { } outer && _tree.Operation(outer) == GenAiOperations.Chat ? outer : null;

    private void Place(AgentSpan span, AgentSpan outermost, Func<StepSpans, List<AgentSpan>> part)
    {
        if (!_stepOf.TryGetValue(outermost.SpanId, out StepSpans? step))
        {
            step = new StepSpans(outermost);
            _steps.Add(step);
            _stepOf[outermost.SpanId] = step;
        }

        if (!ReferenceEquals(span, outermost) && _stepOf.TryAdd(span.SpanId, step))
            part(step).Add(span);
    }

    private void PlaceTool(AgentSpan span, StepSpans[] steps)
    {
        StepSpans? step = _tree.Nearest(span, GenAiOperations.InvokeAgent, GenAiOperations.Chat) is { } owner && _stepOf.TryGetValue(owner.SpanId, out StepSpans? found)
            ? found
            : steps.LastOrDefault(candidate => candidate.Turn.StartTimeUnixNano <= span.StartTimeUnixNano);
        step?.Tools.Add(span);
    }
}
