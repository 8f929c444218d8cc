using System.CommandLine;
using AgentTrace.Collector.Viewer;

namespace AgentTrace.Cli.Commands;

/// <summary>The words of <c>collect</c> and <c>demo</c> about the viewer's pages.</summary>
internal sealed class ViewingOptions
{
    private readonly Option<string?> _traceUrl = new("--trace-url")
    {
        Description = "Where your backend shows a trace, for a link on each run's page: http://localhost:16686/trace/{traceId}?uiFind={spanId} for Jaeger.",
        HelpName = "PATTERN",
    };

    public void AddTo(Command command) => command.Options.Add(_traceUrl);

    /// <summary>What was said about the pages.</summary>
    public ViewerOptions Create(ParseResult parsed) => new() { TraceUrl = parsed.GetValue(_traceUrl) };
}
