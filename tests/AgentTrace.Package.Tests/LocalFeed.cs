using System.Diagnostics;
using AgentTrace.TestKit;

namespace AgentTrace.Package.Tests;

/// <summary>The packages of this checkout, packed once into a folder of their own under a version that nobody else has.</summary>
public sealed class LocalFeed : IAsyncLifetime
{
    /// <summary>Of its own, so that packing leaves the build that the other tests run alone.</summary>
    private const string Configuration = "PackageTest";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-feed-");

    public string Version { get; } = $"0.0.1-test{DateTime.UtcNow.Ticks}";

    public string Folder => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        foreach (string project in new[] { "AgentTrace.Conventions", "AgentTrace" })
            await DotnetAsync(SharedData.RepositoryRoot, "pack", $"src/{project}/{project}.csproj", "-c", Configuration, "-o", Folder, $"-p:Version={Version}", "-m:1");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs dotnet and returns what it printed; a failure fails the test with it.</summary>
    public static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output}\n{await errors}");
        return output;
    }
}
