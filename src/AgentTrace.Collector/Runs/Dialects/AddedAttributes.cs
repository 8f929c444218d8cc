using AgentTrace.Attribution.Runs.Spans;

namespace AgentTrace.Collector.Runs.Dialects;

/// <summary>Attributes that a dialect adds to a span; what the span itself says under a name is never overwritten.</summary>
internal sealed class AddedAttributes(AgentSpan span)
{
    private Dictionary<string, object?>? _all;

    public void Add(string key, object? value)
    {
        if (value is null or "" || span.Attributes.ContainsKey(key))
            return;
        _all ??= new Dictionary<string, object?>(span.Attributes, StringComparer.Ordinal);
        _all[key] = value;
    }

    public AgentSpan ToSpan() => _all is null ? span : span with { Attributes = _all };
}
