using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Prompts;

internal static class LogGuard
{
    public static GuardedRun Clean(AgentRun run) => new(run, null);
}
