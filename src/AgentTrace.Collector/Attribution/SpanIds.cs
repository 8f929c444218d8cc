using System.Security.Cryptography;
using System.Text;

namespace AgentTrace.Collector.Attribution;

/// <summary>Ids of the spans we add to somebody's trace.</summary>
internal static class SpanIds
{
    private const int Bytes = 8;

    /// <summary>The id of the span of that name in that trace, 16 hex digits: the same for every node and every time, another for each revision.</summary>
    public static string Derive(string traceId, string spanName, int revision = 1)
    {
        string name = revision == 1 ? $"{traceId}/{spanName}" : $"{traceId}/{spanName}/{revision}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, Bytes));
    }
}
