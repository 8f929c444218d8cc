namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Progress in words, a line each, where errors go too.</summary>
internal sealed class ProgressLines(TextWriter error) : IProgress<string>
{
    private readonly Lock _lock = new();

    public void Report(string value)
    {
        lock (_lock)
            error.WriteLine(value);
    }
}
