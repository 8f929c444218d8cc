namespace AgentTrace.Cli.Replay;

/// <summary>A replayed trace has to say what the log says, or a verdict on it would be one on another run.</summary>
internal sealed class KeepEverything : IContentRedactor
{
    public string Redact(string text) => text;
}
