namespace AgentTrace.Generators.Model;

/// <summary>A call that starts a turn or a run: intercepted, or skipped with a reason.</summary>
internal sealed record BoundCall(InterceptedCall? Intercepted, SkippedCall? Skipped);
