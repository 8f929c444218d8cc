namespace AgentTrace.Analyzers.Tests.OrdinaryCode;

/// <summary>Ordinary code draws no finding: every project of this repository, hundreds of files that no rule was written for.</summary>
public sealed class OwnSourcesTests(ITestOutputHelper output)
{
    /// <summary>The findings that are right, each with its reason. Nothing else may be said of our code.</summary>
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
        ["AGT2001 src/AgentTrace.Cli/Replay/LogReplayer.cs"] = "a replayed log is a file that its owner chose to send: redacting it would change what is judged",
        ["AGT1001 tests/AgentTrace.Benchmarks/Turns/TurnBenchmark.cs"] = "measured with a listener of its own, and with none",
        ["AGT1002 tests/AgentTrace.Benchmarks/Turns/TurnBenchmark.cs"] = "the call without an interceptor is what the other is measured against",
        ["AGT1001 tests/AgentTrace.SemanticKernel.Tests/AgentFrameworkTests.cs"] = "the tests listen to activities themselves",
        ["AGT1005 tests/AgentTrace.Tests/NativeSpans/NativeWiringTests.cs"] = "a provider without an exporter, on purpose: the tests look at activities",
        ["AGT1005 tests/AgentTrace.Tests/Runs/AgentRunTests.cs"] = "the sampler that drops everything is the test's subject",
        ["AGT1008 tests/AgentTrace.Tests/ChatClients/ChatClientResponseTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/Glue/TurnStreamTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/Handoffs/HandoffTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/NativeSpans/FoldedAgentTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/NativeSpans/NativeTurnTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/NativeSpans/NativeWiringTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/Runs/AgentRunTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT1008 tests/AgentTrace.Tests/Turns/AgentTurnTests.cs"] = "tests of turns start runs whose end they do not look at",
        ["AGT2001 tests/AgentTrace.Tests/Content/ContentCaptureTests.cs"] = "a redactor that hides nothing is the test's subject",
        ["AGT3001 tests/AgentTrace.SemanticKernel.Tests/ChatCompletionAgentTests.cs"] = "a stream left early is the test's subject",
        ["AGT3001 tests/AgentTrace.Tests/ChatClients/ChatClientResponseTests.cs"] = "a stream that nobody reads is the test's subject",
        ["AGT3001 tests/AgentTrace.Tests/ChatClients/ChatClientStreamingTests.cs"] = "streams left early or never read are the tests' subject",
    };

    [Fact]
    public async Task OwnSources_AllProjects_DrawNoFindingButTheOnesThatAreRight()
    {
        int files = 0, whole = 0;
        List<string> findings = [];
        foreach (OwnProject project in OwnProject.All)
        {
            OwnProjectResult result = await project.JudgeAsync(TestContext.Current.CancellationToken);
            output.WriteLine($"{project.Name}: {result.Files} files, {result.Whole} without errors, {result.Findings.Count} findings");
            files += result.Files;
            whole += result.Whole;
            findings.AddRange(result.Findings);
            foreach (string finding in result.Findings)
                output.WriteLine($"  {finding}");
        }

        output.WriteLine($"all: {files} files, {whole} without errors");
        Assert.DoesNotContain(findings, finding => !s_expected.ContainsKey(finding));
        Assert.Empty(s_expected.Keys.Except(findings));
        Assert.True(whole >= 300, $"Only {whole} of {files} files compiled without errors: too few to say anything.");
    }
}
