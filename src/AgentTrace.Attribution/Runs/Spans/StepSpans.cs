namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>The spans that make up one step.</summary>
internal sealed class StepSpans(AgentSpan turn)
{
    /// <summary>The span that is the step.</summary>
    public AgentSpan Turn { get; } = turn;

    /// <summary>Spans of the same turn by another producer, nested in <see cref="Turn"/>: they fill its gaps.</summary>
    public List<AgentSpan> Doubles { get; } = [];

    /// <summary>The model calls inside the turn, by start time.</summary>
    public List<AgentSpan> Chats { get; } = [];

    /// <summary>The tool calls inside the turn, by start time.</summary>
    public List<AgentSpan> Tools { get; } = [];

    /// <summary>The turn and its doubles: the spans that speak of the turn as a whole.</summary>
    public IEnumerable<AgentSpan> Whole => Doubles.Prepend(Turn);
}
