using AgentTrace.TestKit;

namespace AgentTrace.Package.Tests;

/// <summary>A user's app in a folder of its own, with everything a user's app has: a project, source, and the package by reference.</summary>
public sealed class UserApp : IDisposable
{
    /// <summary>What a project adds to use the stand-in for Semantic Kernel, whose packages not every registry has.</summary>
    public static string KernelReferences { get; } = $"""
        <Reference Include="{Path.Combine(SharedData.RepositoryRoot, "tests", "SemanticKernel.Shim", "bin", "Debug", "net10.0", "SemanticKernel.Shim.dll")}" />
        <FrameworkReference Include="Microsoft.AspNetCore.App" />
        """;

    private readonly LocalFeed _feed;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-app-");

    public UserApp(LocalFeed feed) => _feed = feed;

    public string Folder => _folder.FullName;

    /// <summary>Writes the project: the package, and what else the app references.</summary>
    public async Task WriteProjectAsync(string references, string properties = "")
    {
        await WriteAsync("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
                <NoWarn>$(NoWarn);SKEXP0001;SKEXP0110</NoWarn>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AgentTrace" Version="{_feed.Version}" />
                {references}
              </ItemGroup>
            </Project>
            """);
        await WriteAsync("Directory.Build.props", "<Project />");
        await WriteAsync("Directory.Packages.props", "<Project />");
        await _feed.WriteNuGetConfigAsync(Folder);
    }

    public Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(Folder, name), text.ReplaceLineEndings("\n"), TestContext.Current.CancellationToken);

    public Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Folder, name), TestContext.Current.CancellationToken);

    public Task<DotnetResult> RestoreAsync() => Dotnet.RunAsync(Folder, _feed.Environment, "restore", "-v:q");

    /// <summary>Builds from nothing, so that every finding is printed again.</summary>
    public Task<DotnetResult> BuildAsync(params string[] more) =>
        Dotnet.RunAsync(Folder, _feed.Environment, ["build", "--no-restore", "--no-incremental", "-m:1", "-v:q", "--nologo", "-clp:NoSummary", .. more]);

    /// <summary>Lets the package's fixes be applied, the way CI and users do.</summary>
    public async Task FixAsync(params string[] ids) =>
        (await Dotnet.RunAsync(Folder, _feed.Environment, ["format", "analyzers", "App.csproj", "--no-restore", "--severity", "info", "--diagnostics", .. ids])).Succeeded();

    /// <summary>Runs what was built.</summary>
    public async Task<string> RunAsync(IReadOnlyDictionary<string, string>? environment = null) =>
        (await Dotnet.RunAsync(Folder, environment ?? new Dictionary<string, string>(), Path.Combine("bin", "Debug", "net10.0", "App.dll"))).Succeeded().Output;

    /// <summary>Another target of the build, with nothing compiled.</summary>
    public Task<DotnetResult> MsBuildAsync(params string[] arguments) => Dotnet.RunAsync(Folder, _feed.Environment, ["msbuild", "-nologo", .. arguments]);

    public void Dispose() => _folder.Delete(recursive: true);
}
