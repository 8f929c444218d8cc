using System.Globalization;
using AgentTrace.Collector.Otlp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace AgentTrace.Collector.Query;

/// <summary>Reads the parameters of a request; one that is wrong is named, with its value and what is allowed.</summary>
internal readonly struct QueryParameters(IQueryCollection query)
{
    private const int LongestText = 1024;
    private const int LongestShown = 100;

    /// <summary>Fails when there is a parameter that nobody reads: it would be a filter that does nothing.</summary>
    public void AllowOnly(params ReadOnlySpan<string> names)
    {
        foreach (string name in query.Keys)
            if (!names.Contains(name))
                throw ApiException.BadRequest($"there is no parameter '{Shown(name)}'; allowed: {string.Join(", ", names)}");
    }

    public string? Text(string name)
    {
        if (!query.TryGetValue(name, out StringValues values) || values.Count == 0 || string.IsNullOrEmpty(values[0]))
            return null;
        if (values.Count > 1)
            throw Wrong(name, $"given {values.Count} times", "once");
        return values[0]!.Length <= LongestText ? values[0] : throw Wrong(name, $"{values[0]!.Length} characters long", $"at most {LongestText}");
    }

    public int? Whole(string name, int min, int max)
    {
        if (Text(name) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max
            ? value
            : throw Wrong(name, $"'{Shown(text)}'", $"{min} to {max}");
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        if (Text(name) is not { } text)
            return null;
        return allowed.Contains(text) ? text : throw Wrong(name, $"'{Shown(text)}'", string.Join(", ", allowed));
    }

    /// <summary>A time as RFC 3339 writes it.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return text.Contains('-', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw Wrong(name, $"'{Shown(text)}'", "a time such as 2026-05-01T12:00:00Z");
    }

    /// <summary>A trace id in a path.</summary>
    public static UInt128 TraceIdOf(string text) =>
        TraceId.TryParse(text, out TraceId id) ? id.Number : throw ApiException.BadRequest($"'{Shown(text)}' is no trace id; allowed: 1 to 32 hex digits, not all zero");

    public static ApiException Wrong(string name, string value, string allowed) => ApiException.BadRequest($"{name} is {value}; allowed: {allowed}");

    /// <summary>Somebody's text, short enough for a message.</summary>
    public static string Shown(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";
}
