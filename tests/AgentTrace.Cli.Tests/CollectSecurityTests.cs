using System.Net;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests;

public sealed class CollectSecurityTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_WithATokenFromTheEnvironment_AsksForIt()
    {
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { ["QUERY_TOKEN"] = "query-0123456789abcdef" },
            "collect", "--http-port", "0", "--grpc-port", "0", "--query-token", "env:QUERY_TOKEN");
        string line = await process.WaitForErrorLineAsync("runs on", Cancel);
        Uri runs = new(line.Split("runs on ")[1].Split(',')[0]);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(runs, Cancel)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", "query-0123456789abcdef");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(runs, Cancel)).StatusCode);
        await process.TerminateAsync(Cancel);
        Assert.Equal(0, (await process.WaitAsync(Cancel)).ExitCode);
    }

    [Theory]
    [InlineData("Listening.Address is 0.0.0.0; allowed: a loopback address", "--listen", "0.0.0.0")]
    [InlineData("--listen is 'everywhere'; allowed: an IP address", "--listen", "everywhere")]
    [InlineData("--query-token is no source of a token; allowed: env:NAME or file:PATH", "--query-token", "query-0123456789abcdef")]
    [InlineData("there is no environment variable ABSENT_TOKEN", "--admin-token", "env:ABSENT_TOKEN")]
    [InlineData("Redaction.Patterns[0] is '('", "--redact-pattern", "(")]
    [InlineData("Listening.CertificateFile is /absent.pem; allowed: a PEM file that is there", "--tls-cert", "/absent.pem")]
    public async Task Collect_WordsAboutSecurityAreOff_Is2AndSaysWhat(string message, params string[] arguments)
    {
        CliResult result = await CliProcess.RunAsync(Cancel, ["collect", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
