using System.Text;

namespace AgentTrace.Collector.Query.Tempo.TraceQl;

/// <summary>Cuts a query into tokens.</summary>
internal static class TraceQlLexer
{
    // The longer ones first: ">=" is not ">" and "=".
    private static readonly string[] Signs = ["&&", "||", "!=", "=~", "!~", ">=", "<=", "{", "}", "(", ")", "=", ">", "<"];

    /// <exception cref="ApiException">A sign is unknown, or a text has no end.</exception>
    public static List<TraceQlToken> Read(string query)
    {
        var tokens = new List<TraceQlToken>();
        for (int at = 0; at < query.Length;)
        {
            if (char.IsWhiteSpace(query[at]))
                at++;
            else if (query[at] is '"' or '`')
                tokens.Add(Text(query, ref at));
            else if (Array.Find(Signs, sign => string.CompareOrdinal(query, at, sign, 0, sign.Length) == 0) is { } found)
            {
                tokens.Add(new TraceQlToken(TraceQlTokenKind.Sign, found, at + 1));
                at += found.Length;
            }
            else
                tokens.Add(Word(query, ref at));
        }

        tokens.Add(new TraceQlToken(TraceQlTokenKind.End, "the end", query.Length + 1));
        return tokens;
    }

    private static TraceQlToken Text(string query, ref int at)
    {
        int start = at;
        char quote = query[at++];
        var text = new StringBuilder();
        for (; at < query.Length && query[at] != quote; at++)
        {
            if (query[at] != '\\' || quote == '`')
                text.Append(query[at]);
            else if (++at < query.Length)
                text.Append(query[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '"' or '\\' => query[at], _ => throw TraceQlParser.Wrong(at, $"\\{query[at]}", "\\n, \\t, \\r, \\\" or \\\\") });
        }

        if (at >= query.Length)
            throw TraceQlParser.Wrong(start + 1, "a text without an end", $"a {quote} at its end");
        at++;
        return new TraceQlToken(TraceQlTokenKind.Text, text.ToString(), start + 1);
    }

    private static TraceQlToken Word(string query, ref int at)
    {
        int start = at;
        while (at < query.Length && !char.IsWhiteSpace(query[at]) && !"{}()=!<>~&|\"`,".Contains(query[at], StringComparison.Ordinal))
            at++;
        if (at == start)
            throw TraceQlParser.Wrong(at + 1, $"'{query[at]}'", TraceQlParser.Subset);
        return new TraceQlToken(TraceQlTokenKind.Word, query[start..at], start + 1);
    }
}
