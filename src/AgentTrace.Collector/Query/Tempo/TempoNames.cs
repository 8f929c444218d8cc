using System.Text.Json.Nodes;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Query.Tempo;

/// <summary>The attributes that occur, and their values, to choose from: those of the spans stored last, not of all.</summary>
internal sealed class TempoNames(SpanSearch search)
{
    /// <summary>The fields that TraceQL has without an attribute.</summary>
    public static readonly IReadOnlyList<string> Intrinsics = ["duration", "kind", "name", "status"];

    private const int SpansLookedAt = 20_000, MostValues = 200, LongestValue = 256;

    /// <summary>Names of attributes of resources and of spans.</summary>
    public async Task<(SortedSet<string> Resource, SortedSet<string> Span)> NamesAsync(long from, long to, CancellationToken cancellationToken)
    {
        var resource = new SortedSet<string>(StringComparer.Ordinal);
        var ofSpans = new SortedSet<string>(StringComparer.Ordinal);
        int left = SpansLookedAt;
        await foreach (StoredSpan span in search.FindSpansAsync(new AllOf([]), from, to, cancellationToken).ConfigureAwait(false))
        {
            resource.UnionWith(span.Resource.Attributes.Keys);
            ofSpans.UnionWith(span.Attributes.Keys);
            if (--left == 0)
                break;
        }

        return (resource, ofSpans);
    }

    /// <summary>Values of an attribute, or of a field of the span, by their text.</summary>
    public async Task<IReadOnlyList<(string Type, string Value)>> ValuesAsync(string field, long from, long to, CancellationToken cancellationToken)
    {
        switch (field)
        {
            case "status":
                return [("keyword", "error"), ("keyword", "ok"), ("keyword", "unset")];
            case "kind":
                return [.. Enumerable.Range(0, 6).Select(kind => ("keyword", StoredSpan.KindNameOf(kind)))];
            case "duration":
                return [];
        }

        (AttributeScope scope, string key) = field == "name" ? (AttributeScope.Any, "") : TraceQl.TraceQlComparison.Attribute(new TraceQl.TraceQlToken(TraceQl.TraceQlTokenKind.Word, field, 1));
        ISpanCondition condition = field == "name" ? new AllOf([]) : new AttributeTest(scope, key, _ => true);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        int left = SpansLookedAt;
        await foreach (StoredSpan span in search.FindSpansAsync(condition, from, to, cancellationToken).ConfigureAwait(false))
        {
            object? value = field == "name" ? span.Name : AttributeTest.TryFind(span, scope, key, out object? held) ? held : null;
            if (SearchTokens.Text(value) is { Length: <= LongestValue } text)
                values[text] = value switch { long => "int", double => "float", bool => "bool", _ => "string" };
            if (--left == 0 || values.Count == MostValues)
                break;
        }

        return [.. values.Select(pair => (pair.Value, pair.Key))];
    }

    /// <summary>The names as Tempo's second form has them.</summary>
    public static JsonObject Scopes(SortedSet<string> resource, SortedSet<string> span, string? only)
    {
        var scopes = new JsonArray();
        foreach ((string name, IEnumerable<string> tags) in ((string, IEnumerable<string>)[])[("resource", resource), ("span", span), ("intrinsic", Intrinsics)])
            if (only is null || only == name)
                scopes.Add((JsonNode)new JsonObject { ["name"] = name, ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) });
        return new JsonObject { ["scopes"] = scopes };
    }
}
