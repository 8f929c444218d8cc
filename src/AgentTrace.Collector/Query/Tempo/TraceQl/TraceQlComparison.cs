using System.Globalization;
using System.Text.RegularExpressions;
using AgentTrace.Collector.Query.Jaeger;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Query.Tempo.TraceQl;

/// <summary>One comparison of TraceQL as a condition. A span without the attribute meets none but <c>= nil</c>.</summary>
internal static class TraceQlComparison
{
    private const int LongestPattern = 512;
    private static readonly string[] Statuses = ["unset", "ok", "error"];
    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    public static ISpanCondition Of(TraceQlToken field, TraceQlToken sign, TraceQlToken value, ISet<string> keys)
    {
        switch (field.Value)
        {
            case "name" or "span:name":
                return Name(sign, value);
            case "status" or "span:status":
                return Equality(sign, new StatusIs(IndexOf(Statuses, value)));
            case "kind" or "span:kind":
                return Equality(sign, new KindIs(Kinds[IndexOf(Kinds, value)]));
            case "duration" or "span:duration":
                return Duration(sign, value);
        }

        (AttributeScope scope, string key) = Attribute(field);
        keys.Add(key);
        return Attribute(scope, key, sign, value);
    }

    /// <summary>The attribute that a field names.</summary>
    public static (AttributeScope Scope, string Key) Attribute(TraceQlToken field)
    {
        foreach ((string start, AttributeScope scope) in ((string, AttributeScope)[])[("span.", AttributeScope.Span), ("resource.", AttributeScope.Resource), (".", AttributeScope.Any)])
            if (field.Value.Length > start.Length && field.Value.StartsWith(start, StringComparison.Ordinal))
                return (scope, field.Value[start.Length..]);
        throw TraceQlParser.Wrong(field.At, $"'{QueryParameters.Shown(field.Value)}'", "a field: span.X, resource.X, .X, name, status, kind or duration");
    }

    private static ISpanCondition Name(TraceQlToken sign, TraceQlToken value)
    {
        string text = value.Kind == TraceQlTokenKind.Text ? value.Value : throw TraceQlParser.Wrong(value.At, $"'{QueryParameters.Shown(value.Value)}'", "a text in quotes");
        return sign.Value switch
        {
            "=~" or "!~" => Negated(sign, new NameTest(Pattern(value).IsMatch)),
            _ => Equality(sign, new NameEquals(text)),
        };
    }

    private static ISpanCondition Duration(TraceQlToken sign, TraceQlToken value)
    {
        if (value.Kind != TraceQlTokenKind.Word || GoDuration.Parse(value.Value) is not { } nanos)
            throw TraceQlParser.Wrong(value.At, $"'{QueryParameters.Shown(value.Value)}'", "a duration such as 100ms or 1.2s");
        return sign.Value switch
        {
            ">" => new DurationWithin(nanos + 1, long.MaxValue),
            ">=" => new DurationWithin(nanos, long.MaxValue),
            "<" => new DurationWithin(0, nanos - 1),
            "<=" => new DurationWithin(0, nanos),
            _ => Equality(sign, new DurationWithin(nanos, nanos)),
        };
    }

    private static ISpanCondition Attribute(AttributeScope scope, string key, TraceQlToken sign, TraceQlToken value)
    {
        if (sign.Value is "=~" or "!~")
        {
            Regex pattern = Pattern(value);
            bool wanted = sign.Value == "=~";
            return new AttributeTest(scope, key, held => held is string text && pattern.IsMatch(text) == wanted);
        }

        if (value is { Kind: TraceQlTokenKind.Word, Value: "nil" })
        {
            var held = new AttributeTest(scope, key, _ => true);
            return sign.Value switch { "=" => new Not(held), "!=" => held, _ => throw TraceQlParser.Wrong(sign.At, $"'{sign.Value}'", "= or != with nil") };
        }

        object wantedValue = Literal(value);
        Func<int, bool> passes = sign.Value switch
        {
            "=" => order => order == 0,
            "!=" => order => order != 0,
            ">" => order => order > 0,
            ">=" => order => order >= 0,
            "<" => order => order < 0,
            _ => order => order <= 0,
        };
        return new AttributeTest(scope, key, held => Order(held, wantedValue) is { } order && passes(order), sign.Value == "=" ? SearchTokens.Value(key, wantedValue) : null);
    }

    /// <summary>How two values of one type stand to each other; null for values of different types.</summary>
    private static int? Order(object? held, object wanted) => (held, wanted) switch
    {
        (string one, string other) => string.CompareOrdinal(one, other),
        (bool one, bool other) => one.CompareTo(other),
        (long one, long other) => one.CompareTo(other),
        (long one, double other) => ((double)one).CompareTo(other),
        (double one, long other) => one.CompareTo(other),
        (double one, double other) => one.CompareTo(other),
        _ => null,
    };

    private static object Literal(TraceQlToken value)
    {
        if (value.Kind == TraceQlTokenKind.Text)
            return value.Value;
        if (value.Kind == TraceQlTokenKind.Word)
        {
            if (value.Value is "true" or "false")
                return value.Value == "true";
            if (long.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
                return whole;
            if (double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
                return number;
        }

        throw TraceQlParser.Wrong(value.At, $"'{QueryParameters.Shown(value.Value)}'", "a text in quotes, a number, true, false or nil");
    }

    private static Regex Pattern(TraceQlToken value)
    {
        if (value.Kind != TraceQlTokenKind.Text || value.Value.Length > LongestPattern)
            throw TraceQlParser.Wrong(value.At, $"'{QueryParameters.Shown(value.Value)}'", $"a regular expression in quotes of at most {LongestPattern} characters");
        try
        {
            return new Regex($"^(?:{value.Value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw TraceQlParser.Wrong(value.At, $"'{QueryParameters.Shown(value.Value)}'", $"a regular expression without back-references and look-around ({e.Message})");
        }
    }

    private static int IndexOf(string[] words, TraceQlToken value) =>
        value.Kind == TraceQlTokenKind.Word && Array.IndexOf(words, value.Value) is >= 0 and int index ? index : throw TraceQlParser.Wrong(value.At, $"'{QueryParameters.Shown(value.Value)}'", string.Join(", ", words));

    private static ISpanCondition Equality(TraceQlToken sign, ISpanCondition equal) => sign.Value switch
    {
        "=" => equal,
        "!=" => new Not(equal),
        _ => throw TraceQlParser.Wrong(sign.At, $"'{sign.Value}'", "= or !="),
    };

    private static ISpanCondition Negated(TraceQlToken sign, ISpanCondition matches) => sign.Value == "!~" ? new Not(matches) : matches;
}
