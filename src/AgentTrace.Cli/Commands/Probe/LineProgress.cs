using AgentTrace.Cli.Output;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Progress as lines on standard error, written at once by whoever reports.</summary>
internal sealed class LineProgress(TextWriter error) : IProgress<string>
{
    private readonly Lock _lock = new();

    public void Report(string value)
    {
        lock (_lock)
            error.WriteLine(TerminalText.Line(value));
    }
}
