namespace AgentTrace.Package.Tests;

/// <summary>The tool, as people get it.</summary>
public sealed class ToolTests(LocalFeed feed) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Tool_IsInstalledFromThePackage_ShowsTheDemo()
    {
        await feed.WriteNuGetConfigAsync(_folder.FullName);

        (await Dotnet.RunAsync(_folder.FullName, feed.Environment, "tool", "install", "AgentTrace.Cli", "--tool-path", "tools", "--version", feed.Version, "--configfile", "nuget.config", "--add-source", feed.Folder)).Succeeded();

        // The command is started by the name that users type.
        string command = Path.Combine(_folder.FullName, "tools", OperatingSystem.IsWindows() ? "agenttrace.exe" : "agenttrace");
        DotnetResult demo = (await Dotnet.RunProgramAsync(command, _folder.FullName, "demo", "--once")).Succeeded();
        Assert.Contains("DECISIVE ERROR", demo.Output, StringComparison.Ordinal);
    }
}
