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

    private readonly Option<string[]> _hosts = new("--viewer-host")
    {
        Description = "A name besides localhost under which the pages may be asked for on this machine: that of a proxy in front. May be given several times.",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_traceUrl);
        command.Options.Add(_hosts);
    }

    /// <summary>What was said about the pages.</summary>
    public ViewerOptions Create(ParseResult parsed) => new() { TraceUrl = parsed.GetValue(_traceUrl), AllowedHosts = parsed.GetValue(_hosts) ?? [] };
}
