using System.Globalization;
using System.Text;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Storage;

/// <summary>What is noted of spans in a block's filter, and asked for in a search; both sides make their tokens here.</summary>
internal static class SearchTokens
{
    // A NUL cannot stand in an attribute's key that anybody searches for.
    private static ReadOnlySpan<byte> NameKey => "\0name"u8;

    public static ulong SpanName(ReadOnlySpan<byte> name) => BlockFilter.Token(NameKey, name);

    public static ulong SpanName(string name) => SpanName(Encoding.UTF8.GetBytes(name));

    public static ulong Key(string key) => BlockFilter.Token(Encoding.UTF8.GetBytes(key));

    /// <summary>The token of an attribute's value, or null for one that no filter holds: too long, or no scalar.</summary>
    public static ulong? Value(string key, object? value) => Text(value) is { } text && Encoding.UTF8.GetByteCount(text) <= BlockFilter.LongestValue
        ? BlockFilter.Token(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))
        : null;

    /// <summary>A scalar as every token writes it; null for another value.</summary>
    public static string? Text(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => null,
    };
}
