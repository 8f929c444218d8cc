using System.Net;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests;

public sealed class CollectConfigurationTests : IDisposable
{
    private const string Token = "query-0123456789abcdef";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-config-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Collect_FileEnvironmentAndCommandLine_TheNearerToTheCallWinsWithItsWholeList()
    {
        string file = Write("""{ "AgentTrace": { "HttpPort": 70000, "GrpcPort": 70000, "Method": "all-at-once", "Forward": [ "http://file:1", "http://file:2" ], "StoreContents": "All" } }""");
        await using CliProcess process = CliProcess.Start(
            new Dictionary<string, string?> { ["AgentTrace__Forward__0"] = "http://environment:1", ["AGENTTRACE__HTTPPORT"] = "60000", ["AgentTrace__GrpcPort"] = "0" },
            "collect", "--config", file, "--http-port", "0", "--method", "structural");

        string listening = await process.WaitForErrorLineAsync("runs on", Cancel);
        string forwarding = await process.WaitForErrorLineAsync("forwarding to", Cancel);
        await process.TerminateAsync(Cancel);
        CliResult result = await process.WaitAsync(Cancel);

        Assert.Contains("method structural", listening, StringComparison.Ordinal);
        Assert.DoesNotContain(":60000/", listening, StringComparison.Ordinal);
        Assert.Contains("http://environment:1", forwarding, StringComparison.Ordinal);
        Assert.DoesNotContain("http://file", result.Error, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Collect_ConfigurationInTheDocs_Starts()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(SharedData.RepositoryRoot, "docs", "collector.md"), Cancel);
        string file = Write(page.Split("```json\n")[1].Split("\n```")[0]);
        string tokens = Path.Combine(_folder.FullName, "query.token");
        await File.WriteAllTextAsync(tokens, Token, Cancel);
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { ["AgentTrace__Config"] = file, ["QUERY_TOKEN"] = "another-0123456789abcdef" },
            "collect", "--http-port", "0", "--grpc-port", "0", "--store", Path.Combine(_folder.FullName, "store.db"), "--queue-dir", Path.Combine(_folder.FullName, "queue"), "--query-token", $"file:{tokens}");

        await process.WaitForErrorLineAsync("forwarding to OTLP/HTTP http://jaeger:4318", Cancel);
        await process.WaitForErrorLineAsync("forwarding to OTLP/gRPC http://tempo:4317", Cancel);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "store.db")));
    }

    [Fact]
    public async Task Collect_ConfigurationOfTheObservabilitySample_Starts()
    {
        string file = Path.Combine(SharedData.RepositoryRoot, "samples", "observability", "agenttrace.json");
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?>(), "collect", "--config", file, "--http-port", "0", "--grpc-port", "0",
            "--store", Path.Combine(_folder.FullName, "store.db"), "--queue-dir", Path.Combine(_folder.FullName, "queue"));

        await process.WaitForErrorLineAsync("http://0.0.0.0:", Cancel);
        await process.WaitForErrorLineAsync("forwarding to OTLP/gRPC http://otel-collector:4319", Cancel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Collect_ATokenStandsInTheFileOrTheEnvironment_ItIsAskedForAndNotPrinted(bool inFile)
    {
        string file = Write(inFile ? $$"""{ "AgentTrace": { "QueryToken": [ "{{Token}}" ] } }""" : "{}");
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { ["AgentTrace__QueryToken"] = inFile ? null : Token }, "collect", "--http-port", "0", "--grpc-port", "0", "--config", file);
        string line = await process.WaitForErrorLineAsync("runs on", Cancel);
        Uri runs = new(line.Split("runs on ")[1].Split([';', ','])[0]);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(runs, Cancel)).StatusCode);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(runs, Cancel)).StatusCode);
        await process.TerminateAsync(Cancel);
        Assert.DoesNotContain(Token, (await process.WaitAsync(Cancel)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "AgentTrace": { "HtpPort": 1 } }""", "there is no setting AgentTrace:HtpPort (file {0}); allowed: AdminToken, ")]
    [InlineData("""{ "AgentTrce": { "HttpPort": 1 } }""", "there is no section AgentTrce (file {0}); allowed: AgentTrace")]
    [InlineData("""{ "AgentTrace": { "HttpPort": "many" } }""", "AgentTrace:HttpPort (file {0}) is 'many'; allowed: one whole number")]
    [InlineData("""{ "AgentTrace": { "HttpPort": [ 1, 2 ] } }""", "AgentTrace:HttpPort (file {0}) is '1', '2'; allowed: one whole number")]
    [InlineData("""{ "AgentTrace": { "HttpPort": { "Port": 1 } } }""", "there is no setting AgentTrace:HttpPort:Port (file {0}); allowed for AgentTrace:HttpPort: a value, or a list of values")]
    [InlineData("""{ "AgentTrace": { "Store": null } }""", "AgentTrace:Store (file {0}) has no value")]
    [InlineData("""{ "AgentTrace": { "QueueFlush": "perhaps" } }""", "AgentTrace:QueueFlush (file {0}) is 'perhaps'; allowed: true or false")]
    [InlineData("""{ "AgentTrace": { "Mode": "later" } }""", "AgentTrace:Mode (file {0}) is 'later'; allowed: Stream, Hold")]
    [InlineData("""{ "AgentTrace": { "HttpPort": 70000 } }""", "HttpPort is 70000; allowed: ", "(set by AgentTrace:HttpPort of file {0})")]
    [InlineData("""{ "AgentTrace": { "QuietSeconds": 0, "GrpcPort": 0 } }""", "--quiet-seconds is 0; allowed: ", "(set by AgentTrace:QuietSeconds of file {0})")]
    [InlineData("""{ "AgentTrace": { "TlsCert": "/absent.pem" } }""", "/absent.pem; allowed: a PEM file", "(set by AgentTrace:TlsCert of file {0})")]
    [InlineData("""{ "AgentTrace": { "Config": "other.json" } }""", "there is no setting AgentTrace:Config (file {0})")]
    [InlineData("""{ "AgentTrace": """, "--config {0} cannot be read: ")]
    public async Task Collect_FileIsOff_Is2AndNamesKeySourceValueAndWhatIsAllowed(string json, params string[] messages)
    {
        string file = Write(json);

        CliResult result = await CliProcess.RunAsync(Cancel, "collect", "--config", file);

        Assert.Equal(2, result.ExitCode);
        foreach (string message in messages)
            Assert.Contains(message.Replace("{0}", file, StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AgentTrace__HttpProt", "1", "there is no setting AgentTrace:HttpProt (environment variable AgentTrace__HttpProt)")]
    [InlineData("AgentTrace__HttpPort", "many", "AgentTrace:HttpPort (environment variable AgentTrace__HttpPort) is 'many'; allowed: one whole number")]
    [InlineData("AgentTrace__Config", "/absent.json", "--config /absent.json cannot be read: ")]
    public async Task Collect_EnvironmentIsOff_Is2AndNamesTheVariable(string name, string value, string message)
    {
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { [name] = value }, "collect");
        CliResult result = await process.WaitAsync(Cancel);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Forward", "htp://host#header.authorization=hush-hush", "'htp://host'")]
    [InlineData("AdminToken", "hush-hush", "set by AgentTrace:AdminToken of environment variable AgentTrace__AdminToken")]
    public async Task Collect_ASecretIsOff_TheMessageDoesNotShowIt(string key, string value, string message)
    {
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { [$"AgentTrace__{key}"] = value }, "collect");
        CliResult result = await process.WaitAsync(Cancel);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", result.Error, StringComparison.Ordinal);
    }

    private string Write(string json)
    {
        string file = Path.Combine(_folder.FullName, "collector.json");
        File.WriteAllText(file, json);
        return file;
    }
}
