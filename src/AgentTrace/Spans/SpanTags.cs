namespace AgentTrace.Spans;

/// <summary>Attributes to give a span as it is created, where samplers see them. What is null or blank is left out.</summary>
internal sealed class SpanTags : List<KeyValuePair<string, object?>>
{
    public void Add(string key, object? value)
    {
        if (value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null)
            Add(new KeyValuePair<string, object?>(key, value));
    }
}
