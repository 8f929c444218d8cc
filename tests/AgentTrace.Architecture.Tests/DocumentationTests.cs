using System.Text.RegularExpressions;
using AgentTrace.TestKit;

namespace AgentTrace.Architecture.Tests;

public sealed partial class DocumentationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Readme => File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "README.md"));

    [Fact]
    public void Readme_ShowsTheSampleThatIsCompiled()
    {
        string sample = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "samples", "GettingStarted", "Program.cs"));
        string expected = $"```csharp\n{Region(sample, "readme-usings")}\n\n{Region(sample, "readme")}\n```";

        Assert.Contains(expected, Readme, StringComparison.Ordinal);
    }

    [Fact]
    public void SemanticKernelPage_ShowsTheSampleThatIsCompiled()
    {
        string page = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "semantic-kernel.md"));
        string sample = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "samples", "SemanticKernel.TravelDesk", "Program.cs"));

        Assert.Contains(string.Join('\n', Fence(page, "csharp")).Trim(), sample, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_TranscriptIsWhatTheDemoPrints()
    {
        string[] shown = Fence(Readme, "text");
        CliResult demo = await CliProcess.RunAsync(Cancel, "demo", "--once");
        Assert.Equal(0, demo.ExitCode);
        string printed = Plain(demo.Output);

        // Times draw the bars and ids are random; every word is the demo's.
        Assert.InRange(shown.Length, 5, 60);
        Assert.All(shown.Where(line => line.Length > 0 && !line.Contains("trace ", StringComparison.Ordinal)),
            line => Assert.Contains(Plain(line).Trim(), printed, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_InReadmeAndDocs_LeadToFilesThatExist()
    {
        string root = SharedData.RepositoryRoot;
        string[] pages = [Path.Combine(root, "README.md"), .. Directory.GetFiles(Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)];
        foreach (string page in pages)
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
                    Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)), $"{page} links to {target}, which is not there");
            }
        }
    }

    private static string Region(string source, string name)
    {
        string open = $"// <{name}>\n", close = $"// </{name}>";
        int start = source.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return source[start..source.IndexOf(close, StringComparison.Ordinal)].TrimEnd();
    }

    private static string[] Fence(string markdown, string language)
    {
        string open = $"```{language}\n";
        int start = markdown.IndexOf(open, StringComparison.Ordinal) + open.Length;
        return markdown[start..markdown.IndexOf("```", start, StringComparison.Ordinal)].Split('\n');
    }

    /// <summary>Without colours, bars and the line breaks of a narrow terminal.</summary>
    private static string Plain(string text) => Spaces().Replace(Bars().Replace(Colours().Replace(text, ""), ""), " ");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colours();

    [GeneratedRegex("[·█]+")]
    private static partial Regex Bars();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
