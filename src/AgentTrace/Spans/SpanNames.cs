using System.Collections.Concurrent;
using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>The names of spans, made once each: an app has few agents, tools and models, and many spans of each.</summary>
internal static class SpanNames
{
    // Names with ids in them must not fill the memory.
    private const int Most = 256;
    private static readonly ConcurrentDictionary<(string Operation, string Target), string> s_names = new();
    private static int s_count;

    public static string Of(string operation, string? target)
    {
        if (string.IsNullOrEmpty(target))
            return operation;
        if (s_names.TryGetValue((operation, target), out string? known))
            return known;

        string name = GenAiOperations.SpanName(operation, target);
        if (s_count < Most && s_names.TryAdd((operation, target), name))
            Interlocked.Increment(ref s_count);
        return name;
    }
}
