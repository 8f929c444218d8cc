using AgentTrace.TestKit;

namespace AgentTrace.Package.Tests;

/// <summary>The packages of this checkout, packed once for all tests into a folder of their own under a version that nobody else has.</summary>
public sealed class LocalFeed : IAsyncLifetime
{
    /// <summary>Of its own, so that packing leaves the build that the other tests run alone.</summary>
    private const string Configuration = "PackageTest";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("agenttrace-feed-");

    public string Version { get; } = $"0.0.1-test{DateTime.UtcNow.Ticks}";

    public string Folder => Path.Combine(_root.FullName, "feed");

    /// <summary>Packages of ours are unpacked here, not among the user's; all others come from where they are already.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(_root.FullName, "packages") };

    public string Package(string id, string extension = "nupkg") => Path.Combine(Folder, $"{id}.{Version}.{extension}");

    public async ValueTask InitializeAsync()
    {
        await PackAsync(SharedData.RepositoryRoot, Folder, "AgentTrace.Conventions");
        await PackAsync(SharedData.RepositoryRoot, Folder, "AgentTrace");
        await PackAsync(SharedData.RepositoryRoot, Folder, "AgentTrace.Cli");
    }

    /// <summary>Packs one project of the checkout in <paramref name="root"/>.</summary>
    public async Task PackAsync(string root, string feed, string project) =>
        // Whether the checkout has a history must not show in what is packed: each of two copies is to give the same.
        (await Dotnet.RunAsync(root, new Dictionary<string, string>(), "pack", $"src/{project}/{project}.csproj", "-c", Configuration, "-o", feed,
            $"-p:Version={Version}", "-p:EnableSourceControlManagerQueries=false", "-m:1", "-v:q", "--nologo")).Succeeded();

    /// <summary>What tells NuGet where packages are: ours in the feed, others where the machine has them.</summary>
    public Task WriteNuGetConfigAsync(string folder) => File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources><add key="local" value="{Folder}" /></packageSources>
          <fallbackPackageFolders><add key="machine" value="{MachinePackages}" /></fallbackPackageFolders>
        </configuration>
        """, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string MachinePackages => System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
