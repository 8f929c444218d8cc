namespace AgentTrace.Collector.Query.Tempo.TraceQl;

/// <summary>A token of TraceQL.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">What stands there; of a text what it means.</param>
/// <param name="At">Where it begins, 1-based.</param>
internal readonly record struct TraceQlToken(TraceQlTokenKind Kind, string Value, int At)
{
    public bool Is(string sign) => Kind == TraceQlTokenKind.Sign && Value == sign;
}
