namespace AgentTrace.Cli.Demo;

/// <summary>A tool call that a scripted model asks for.</summary>
internal sealed record ScriptedCall(string Tool, IReadOnlyDictionary<string, object?> Arguments);
