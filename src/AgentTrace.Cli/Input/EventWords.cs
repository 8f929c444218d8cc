using AgentTrace.Attribution.Events;

namespace AgentTrace.Cli.Input;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary>A run as a trace model reads it.</summary>
internal static class EventWords
{
    public static IReadOnlyList<string> Of(AgentRun run) => [.. RunEvents.Of(run).Select(one => one.Word)];
}
