namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>One event of a span.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Attributes">Its attributes, typed as those of <see cref="AgentSpan.Attributes"/>.</param>
public sealed record AgentSpanEvent(string Name, IReadOnlyDictionary<string, object?> Attributes)
{
    /// <summary>The attribute as text, or null when it is absent or no string.</summary>
    public string? Text(string key) => Attributes.GetValueOrDefault(key) as string;
}
