using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>The names of spans, made once for many spans: an app has few agents, tools and models.</summary>
internal static class SpanNames
{
    // Names that share a slot push each other out, so that names with ids in them fill no memory.
    private static readonly Entry?[] s_slots = new Entry?[256];

    public static string Of(string operation, string? target)
    {
        if (string.IsNullOrEmpty(target))
            return operation;

        ref Entry? slot = ref s_slots[(operation.Length + (7 * target.Length) + (31 * target[0]) + (127 * target[^1])) % s_slots.Length];
        if (slot is { } known && known.Target == target && known.Operation == operation)
            return known.Name;
        string name = GenAiOperations.SpanName(operation, target);
        slot = new Entry(operation, target, name);
        return name;
    }

    private sealed record Entry(string Operation, string Target, string Name);
}
