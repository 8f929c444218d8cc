using System.Text;
using AgentTrace.Store.Spans;

namespace AgentTrace.Store.Tests;

/// <summary>Blocks whose bytes are easy to tell apart: a store never looks into them.</summary>
internal static class Blocks
{
    public static SpanBlock Of(params (UInt128 Trace, string Bytes)[] parts) => Of(1_000, parts);

    public static SpanBlock Of(ulong start, params (UInt128 Trace, string Bytes)[] parts)
    {
        using var builder = new SpanBlockBuilder();
        foreach ((UInt128 trace, string bytes) in parts)
        {
            builder.Add(trace, Encoding.UTF8.GetBytes(bytes));
            builder.Note(new ServiceOperation("travel", "book", 2), start, start + 500, isError: bytes.Contains("error", StringComparison.Ordinal));
            builder.Token(Token(bytes));
        }

        return builder.Build();
    }

    public static ulong Token(string value) => BlockFilter.Token("key"u8, Encoding.UTF8.GetBytes(value));

    public static string Text(IEnumerable<StoredBlock> blocks, UInt128 trace) =>
        string.Join('|', blocks.SelectMany(block => block.SpansOf(trace)).Select(bytes => Encoding.UTF8.GetString(bytes.Span)));
}
