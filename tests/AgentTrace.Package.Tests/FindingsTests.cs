using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Package.Tests;

/// <summary>The way of a user: the build says what is not traced, the fixes are applied, the build is silent, and the spans are there.</summary>
public sealed class FindingsTests(LocalFeed feed) : IDisposable
{
    private readonly UserApp _app = new(feed);

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task AgentFrameworkApp_IsWarnedOfFixedAndTraced()
    {
        await _app.WriteProjectAsync(Sources.OpenTelemetry + Sources.AgentFramework);
        await _app.WriteAsync("Program.cs", Sources.AgentFrameworkApp);
        await _app.WriteAsync("ScriptedModel.cs", Sources.Model);
        DotnetResult restored = await _app.RestoreAsync();
        Assert.SkipWhen(restored.ExitCode != 0 && restored.Output.Contains("Microsoft.Agents.AI", StringComparison.Ordinal), $"needs Microsoft.Agents.AI: {restored.Output}");
        restored.Succeeded();

        Assert.Equal(["Program.cs(10): warning AGT1001", "Program.cs(10): warning AGT1003"], (await _app.BuildAsync()).Succeeded().Findings.Select(f => f.ToString()));
        await _app.FixAsync("AGT1001", "AGT1003");

        Assert.Empty((await _app.BuildAsync()).Succeeded().Findings);
        Assert.Contains("SK4467 at 09:40", await SpansAsync("invoke_workflow Flights", "invoke_agent Flights"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SemanticKernelApp_IsWarnedOfFixedAndTraced()
    {
        await _app.WriteProjectAsync(Sources.OpenTelemetry + UserApp.KernelReferences);
        await _app.WriteAsync("Program.cs", Sources.KernelApp);
        await _app.WriteAsync("Desk.cs", Sources.KernelDesk);
        await _app.WriteAsync("ScriptedModel.cs", Sources.Model);
        (await _app.RestoreAsync()).Succeeded();

        Assert.Equal(["Desk.cs(8): warning AGT1001", "Desk.cs(8): warning AGT1003"], (await _app.BuildAsync()).Succeeded().Findings.Select(f => f.ToString()));
        await _app.FixAsync("AGT1001", "AGT1003");

        Assert.Empty((await _app.BuildAsync()).Succeeded().Findings);
        Assert.Contains("Grand Plaza, 120 EUR", await SpansAsync("invoke_workflow Hotels", "invoke_agent Hotels"), StringComparison.Ordinal);
    }

    /// <summary>Runs the app against a backend and returns what it printed, once these spans have come.</summary>
    private async Task<string> SpansAsync(params string[] names)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        await using OtlpSink sink = await OtlpSink.StartAsync(cancel);
        string output = await _app.RunAsync(new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = sink.GrpcAddress.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
        });
        // The app has ended, and its provider with it: what has not come by now never will.
        Assert.Superset(names.ToHashSet(), sink.Spans.Select(span => span.Name).ToHashSet());
        return output;
    }
}
