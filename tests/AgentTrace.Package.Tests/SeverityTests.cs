namespace AgentTrace.Package.Tests;

/// <summary>What a project says about how loud the rules are.</summary>
public sealed class SeverityTests(LocalFeed feed) : IAsyncLifetime
{
    private readonly UserApp _app = new(feed);

    public async ValueTask InitializeAsync()
    {
        await _app.WriteProjectAsync(UserApp.KernelReferences);
        await _app.WriteAsync("Program.cs", """
            using AgentTrace;
            using Microsoft.SemanticKernel.Agents;

            using (AgentRun.Start("desk"))
                Console.WriteLine(new ChatCompletionAgent { Instructions = "Book flights." });
            """);
        (await _app.RestoreAsync()).Succeeded();
    }

    public ValueTask DisposeAsync()
    {
        _app.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task EditorConfig_IsOverPresetsAndPresetsAreOverDefaults()
    {
        // AGT1008 is a suggestion, which a build does not print.
        Assert.Equal(["AGT1001 warning", "AGT1003 warning"], await FindingsAsync());
        Assert.Equal(["AGT1001 warning", "AGT1003 warning", "AGT1008 warning"], await FindingsAsync("-p:AgentTraceAnalysis=All"));
        Assert.Empty(await FindingsAsync("-p:AgentTraceAnalysis=none"));

        await _app.WriteAsync(".editorconfig", "[*.cs]\ndotnet_diagnostic.AGT1003.severity = error\n");
        Assert.Equal(["AGT1003 error"], await FindingsAsync("-p:AgentTraceAnalysis=none"));

        await _app.WriteAsync(".editorconfig", "[*.cs]\ndotnet_analyzer_diagnostic.category-AgentTrace.Wiring.severity = error\ndotnet_diagnostic.AGT1003.severity = none\n");
        Assert.Equal(["AGT1001 error", "AGT1008 error"], await FindingsAsync());
    }

    [Fact]
    public async Task TreatWarningsAsErrors_FailsTheBuild_AndWiredElsewhereIsAnAnswer()
    {
        DotnetResult strict = await _app.BuildAsync("-p:TreatWarningsAsErrors=true", "-p:AgentTraceWiredElsewhere=true");

        Assert.Equal(1, strict.ExitCode);
        Assert.Equal(["AGT1003 error"], Words(strict));
    }

    [Fact]
    public async Task Preset_Unknown_IsAnErrorThatSaysWhatIsAllowed()
    {
        DotnetResult built = await _app.BuildAsync("-p:AgentTraceAnalysis=strict");

        Assert.Equal(1, built.ExitCode);
        Assert.Contains("App.csproj : error AGT0001: The property AgentTraceAnalysis is 'strict'. Set it to all, recommended or none.", built.Output, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> FindingsAsync(params string[] more) => Words(await _app.BuildAsync(more));

    private static IEnumerable<string> Words(DotnetResult built) => built.Findings.Select(f => $"{f.Id} {f.Severity}").Order(StringComparer.Ordinal);
}
