using AgentTrace.Collector.Query.Search;

namespace AgentTrace.Collector.Query.Tempo;

/// <summary>Reads the older form of a search: <c>service.name=travel name="GET /trip"</c> (logfmt), all of which must hold of one span.</summary>
internal static class TempoTags
{
    private const string Allowed = "name=value pairs, values with spaces in double quotes, such as service.name=travel name=\"GET /trip\"";

    /// <exception cref="ApiException">It is no such list.</exception>
    public static (ISpanCondition Condition, IReadOnlyCollection<string> Keys) Read(string tags)
    {
        var conditions = new List<ISpanCondition>();
        var keys = new List<string>();
        for (int at = 0; at < tags.Length;)
        {
            if (tags[at] == ' ')
            {
                at++;
                continue;
            }

            int equals = tags.IndexOf('=', at);
            if (equals <= at || tags.AsSpan(at, equals - at).ContainsAny(' ', '"'))
                throw QueryParameters.Wrong("tags", $"'{QueryParameters.Shown(tags)}'", Allowed);
            string key = tags[at..equals];
            string value = Value(tags, equals + 1, out at);
            conditions.Add(key switch
            {
                "name" => new NameEquals(value),
                "status" or "status.code" when value is "error" => new StatusIsError(true),
                "error" when value is "true" or "false" => new StatusIsError(value == "true"),
                _ => new TextEquals(key, value),
            });
            keys.Add(key);
        }

        return (new AllOf(conditions), keys);
    }

    private static string Value(string tags, int at, out int end)
    {
        if (at >= tags.Length || tags[at] != '"')
        {
            int space = tags.IndexOf(' ', at);
            end = space < 0 ? tags.Length : space;
            return tags[at..end];
        }

        int quote = tags.IndexOf('"', at + 1);
        if (quote < 0)
            throw QueryParameters.Wrong("tags", $"'{QueryParameters.Shown(tags)}'", Allowed);
        end = quote + 1;
        return tags[(at + 1)..quote];
    }
}
