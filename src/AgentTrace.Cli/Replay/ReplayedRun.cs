namespace AgentTrace.Cli.Replay;

/// <summary>One log that was sent as a trace.</summary>
internal sealed record ReplayedRun(string File, string TraceId, int Steps);
