namespace AgentTrace.Generators.Model;

/// <summary>A call that starts a turn or a run: intercepted, or skipped because it cannot be.</summary>
internal sealed record BoundCall(InterceptedCall? Intercepted, SkippedCall? Skipped);
