using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Cli.Tests;

public sealed class CommandLineTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("demo")]
    [InlineData("collect")]
    [InlineData("attribute")]
    [InlineData("replay")]
    public async Task Help_OfEachCommand_Is0AndGoesToStandardOutput(string command)
    {
        CliResult result = await CliProcess.RunAsync(Cancel, command, "--help");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains($"{command}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bogus")]
    [InlineData("demo --nonsense")]
    [InlineData("demo --format yaml")]
    [InlineData("attribute")]
    [InlineData("replay x.json")]
    [InlineData("replay x.json --endpoint nowhere")]
    public async Task Call_WordsAreOff_Is2WithAHintOnStandardError(string arguments)
    {
        CliResult result = await CliProcess.RunAsync(Cancel, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--help'", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OTEL_TRACES_SAMPLER", "always_off", 0)]
    [InlineData("OTEL_SDK_DISABLED", "true", 1)]
    public async Task Replay_EnvironmentIsMeantForTheUsersApp_TracesAreSentOrTheReasonIsSaid(string name, string value, int exitCode)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        string file = Path.Combine(AppContext.BaseDirectory, $"{name}.json");
        await File.WriteAllTextAsync(file, """{"question":"q","is_correct":false,"history":[{"role":"user","name":"A","content":"x"}]}""", Cancel);

        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { [name] = value }, "replay", file, "--endpoint", sink.GrpcEndpoint);
        CliResult result = await process.WaitAsync(Cancel);

        Assert.Equal((exitCode, exitCode == 0 ? 2 : 0), (result.ExitCode, sink.Spans.Count));
        Assert.True(exitCode == 0 || result.Error.Contains(name, StringComparison.Ordinal), result.Error);
    }

    [Fact]
    public async Task Replay_EndpointIsDead_Is1AndNamesIt()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "dead-endpoint.json");
        await File.WriteAllTextAsync(file, """{"question":"q","is_correct":false,"history":[{"role":"user","name":"A","content":"x"}]}""", Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, "replay", file, "--endpoint", "http://127.0.0.1:9");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("http://127.0.0.1:9", result.Error, StringComparison.Ordinal);
    }
}
