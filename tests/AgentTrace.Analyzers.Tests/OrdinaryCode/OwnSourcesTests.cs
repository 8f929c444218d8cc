namespace AgentTrace.Analyzers.Tests.OrdinaryCode;

/// <summary>Ordinary code draws no finding: every project of this repository, hundreds of files that no rule was written for.</summary>
public sealed class OwnSourcesTests(ITestOutputHelper output)
{
    /// <summary>The findings that are right, each with its reason. Nothing else may be said of our code.</summary>
    private static readonly Dictionary<string, string> s_expected = new(StringComparer.Ordinal)
    {
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
        }

        output.WriteLine($"all: {files} files, {whole} without errors");
        Assert.DoesNotContain(findings, finding => !s_expected.ContainsKey(finding));
        Assert.Empty(s_expected.Keys.Except(findings));
        Assert.True(whole >= 300, $"Only {whole} of {files} files compiled without errors: too few to say anything.");
    }
}
