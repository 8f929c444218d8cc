using System.CommandLine;
using AgentTrace.Collector.Forwarding;

namespace AgentTrace.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<OutputFormat> Format() => new("--format")
    {
        Description = "How results are written: text or json.",
        DefaultValueFactory = _ => OutputFormat.Text,
    };

    public static Option<ForwardingEndpoint[]> Forward() => new("--forward", "-f")
    {
        Description = "Where spans are passed on to: http://host:4318 (OTLP/HTTP) or grpc://host:4317 (OTLP/gRPC). May be given several times.",
        HelpName = "URL",
        CustomParser = result => [.. result.Tokens.Select(token => Endpoint(token.Value, result)).OfType<ForwardingEndpoint>()],
    };

    public static ForwardingEndpoint? Endpoint(string text, System.CommandLine.Parsing.SymbolResult result)
    {
        try
        {
            return ForwardingEndpoint.Parse(text);
        }
        catch (FormatException e)
        {
            result.AddError(e.Message);
            return null;
        }
    }
}
