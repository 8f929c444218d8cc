using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Security;

namespace AgentTrace.Cli.Commands;

/// <summary>The words of <c>collect</c> that say who may call it, and what is taken out of spans.</summary>
internal sealed class SecurityOptions
{
    private readonly Option<IPAddress> _listen = new("--listen")
    {
        Description = "Address of both ports. Anything but loopback needs --tls-cert, and tokens or --tls-client-ca; or --insecure.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result => Address(result),
    };

    private readonly Option<bool> _insecure = new("--insecure") { Description = "Listens wider without TLS or without knowing callers: something in front does both." };

    private readonly Option<string[]> _hosts = new("--allowed-host")
    {
        Description = "A name besides localhost by which the collector may be asked on this machine: that of a proxy in front. May be given several times.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _certificate = new("--tls-cert") { Description = "PEM file of the collector's certificate.", HelpName = "FILE" };

    private readonly Option<string?> _key = new("--tls-key") { Description = "PEM file of the certificate's key, where it is another one.", HelpName = "FILE" };

    private readonly Option<string?> _clients = new("--tls-client-ca") { Description = "PEM file of the authorities whose client certificates are let in; callers need one then.", HelpName = "FILE" };

    private readonly Option<string[]> _ingest = Token("--ingest-token", "A token of those who send spans, metrics and logs.");

    private readonly Option<string[]> _query = Token("--query-token", "A token of those who read runs and traces.");

    private readonly Option<string[]> _admin = Token("--admin-token", "A token of those who may do everything, also post outcomes and labels.");

    private readonly Option<string[]> _attributes = new("--redact-attribute")
    {
        Description = "An attribute whose value is taken out before spans are kept, shown or judged; a * at the end stands for any ending. May be given several times.",
        HelpName = "NAME",
    };

    private readonly Option<string[]> _patterns = new("--redact-pattern")
    {
        Description = "A regular expression; what it matches is taken out of every text of a span. May be given several times.",
        HelpName = "REGEX",
    };

    private readonly Option<bool> _forwarded = new("--redact-forwarded") { Description = "Passes spans on redacted too; else endpoints get them as they came." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _listen, _insecure, _hosts, _certificate, _key, _clients, _ingest, _query, _admin, _attributes, _patterns, _forwarded })
            command.Options.Add(option);
    }

    public ListeningOptions Listening(ParseResult parsed) => new()
    {
        Address = parsed.GetValue(_listen) ?? IPAddress.Loopback,
        AllowInsecure = parsed.GetValue(_insecure),
        AllowedHosts = parsed.GetValue(_hosts) ?? [],
        CertificateFile = parsed.GetValue(_certificate),
        KeyFile = parsed.GetValue(_key),
        ClientAuthorityFile = parsed.GetValue(_clients),
    };

    /// <param name="parsed">The command line.</param>
    /// <param name="configured">Tokens that stand in a configuration themselves, by the source that the command line names.</param>
    public AccessOptions Access(ParseResult parsed, IReadOnlyDictionary<string, string> configured) => new()
    {
        IngestTokens = Secrets(parsed, _ingest, configured),
        QueryTokens = Secrets(parsed, _query, configured),
        AdminTokens = Secrets(parsed, _admin, configured),
    };

    public RedactionOptions Redaction(ParseResult parsed) => new()
    {
        Attributes = parsed.GetValue(_attributes) ?? [],
        Patterns = parsed.GetValue(_patterns) ?? [],
        Forwarded = parsed.GetValue(_forwarded),
    };

    private static Option<string[]> Token(string name, string description) => new(name)
    {
        Description = description + " env:NAME or file:PATH, never the token itself. May be given several times.",
        HelpName = "SOURCE",
    };

    private static string[] Secrets(ParseResult parsed, Option<string[]> option, IReadOnlyDictionary<string, string> configured) =>
        [.. (parsed.GetValue(option) ?? []).Select(source => configured.GetValueOrDefault(source) ?? Secret(option.Name, source))];

    /// <summary>From the environment or a file: what stands on a command line stands in lists of processes too.</summary>
    private static string Secret(string option, string source)
    {
        if (source.StartsWith("env:", StringComparison.Ordinal))
            return Environment.GetEnvironmentVariable(source[4..]) is { Length: > 0 } value ? value : throw new CliException(ExitCodes.BadCall, $"{option}: there is no environment variable {source[4..]}");
        if (!source.StartsWith("file:", StringComparison.Ordinal))
            throw new CliException(ExitCodes.BadCall, $"{option} is no source of a token; allowed: env:NAME or file:PATH");
        try
        {
            return File.ReadAllText(source[5..]).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCodes.BadCall, $"{option}: {source[5..]} cannot be read ({e.Message})", e);
        }
    }

    private static IPAddress? Address(ArgumentResult result)
    {
        if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address))
            return address;
        result.AddError($"--listen is '{result.Tokens[0].Value}'; allowed: an IP address such as 127.0.0.1, 0.0.0.0 or ::");
        return null;
    }
}
