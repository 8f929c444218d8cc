using AgentTrace.Collector.Query.Search;

namespace AgentTrace.Collector.Query.Tempo.TraceQl;

/// <summary>Reads the part of TraceQL that is served: one pair of braces, in it comparisons, &amp;&amp;, || and parentheses.</summary>
/// <remarks>The grammar is Tempo's (grafana.com/docs/tempo/latest/traceql): || binds less than &amp;&amp;; a regular expression must match the whole value.</remarks>
internal sealed class TraceQlParser
{
    /// <summary>What is served, for messages.</summary>
    public const string Subset = "{ ... } with span.X, resource.X, .X, name, status, kind and duration compared by = != =~ !~ > >= < <=, joined by && and ||, in parentheses";

    private const int LongestQuery = 4096, Deepest = 32;

    private readonly List<TraceQlToken> _tokens;
    private readonly HashSet<string> _keys = [];
    private int _next;

    private TraceQlParser(List<TraceQlToken> tokens) => _tokens = tokens;

    /// <summary>What the query asks of a span, and the attributes it names.</summary>
    /// <exception cref="ApiException">It is beyond what is served; the message says where, and what is allowed there.</exception>
    public static (ISpanCondition Condition, IReadOnlyCollection<string> Keys) Read(string query)
    {
        if (query.Length > LongestQuery)
            throw ApiException.BadRequest($"q has {query.Length} characters; allowed: {LongestQuery}");
        var parser = new TraceQlParser(TraceQlLexer.Read(query));
        parser.Expect("{");
        ISpanCondition condition = parser._tokens[parser._next].Is("}") ? new AllOf([]) : parser.Or(0);
        parser.Expect("}");
        TraceQlToken last = parser._tokens[parser._next];
        return last.Kind == TraceQlTokenKind.End ? (condition, parser._keys) : throw Wrong(last.At, $"'{QueryParameters.Shown(last.Value)}'", $"the end: pipelines and relations between spans are not served, only {Subset}");
    }

    public static ApiException Wrong(int at, string what, string allowed) => ApiException.BadRequest($"q at {at}: {what}; allowed: {allowed}");

    private ISpanCondition Or(int depth)
    {
        var parts = new List<ISpanCondition> { And(depth) };
        while (Take("||"))
            parts.Add(And(depth));
        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private ISpanCondition And(int depth)
    {
        var parts = new List<ISpanCondition> { Part(depth) };
        while (Take("&&"))
            parts.Add(Part(depth));
        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private ISpanCondition Part(int depth)
    {
        if (depth >= Deepest)
            throw Wrong(_tokens[_next].At, $"more than {Deepest} parentheses in each other", "fewer");
        if (Take("("))
        {
            ISpanCondition inner = Or(depth + 1);
            Expect(")");
            return inner;
        }

        TraceQlToken field = Next();
        if (field.Kind != TraceQlTokenKind.Word)
            throw Wrong(field.At, $"'{QueryParameters.Shown(field.Value)}'", "a field: span.X, resource.X, .X, name, status, kind or duration");
        // A name that is no word stands in quotes: span."two words".
        if (field.Value.EndsWith('.') && _tokens[_next] is { Kind: TraceQlTokenKind.Text } quoted && quoted.At == field.At + field.Value.Length)
            field = field with { Value = field.Value + Next().Value };
        TraceQlToken sign = Next();
        if (sign.Kind != TraceQlTokenKind.Sign || sign.Value is "{" or "}" or "(" or ")" or "&&" or "||")
            throw Wrong(sign.At, $"'{QueryParameters.Shown(sign.Value)}'", "= != =~ !~ > >= < <=");
        return TraceQlComparison.Of(field, sign, Next(), _keys);
    }

    private TraceQlToken Next() => _tokens[_next].Kind == TraceQlTokenKind.End ? _tokens[_next] : _tokens[_next++];

    private bool Take(string sign)
    {
        if (!_tokens[_next].Is(sign))
            return false;
        _next++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!Take(sign))
            throw Wrong(_tokens[_next].At, $"'{QueryParameters.Shown(_tokens[_next].Value)}'", sign == "{" ? Subset : $"'{sign}', && or ||");
    }
}
