using AgentTrace.TestKit;

namespace AgentTrace.Benchmarks.Analyzers;

/// <summary>A project of ordinary code with agent calls here and there, the same in every run.</summary>
internal sealed class GeneratedProject : IDisposable
{
    public const int Files = 1000;
    public const int AgentCalls = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-compile-");

    public string Folder => _folder.FullName;

    /// <summary>Writes the project; which analyzers it has is chosen at each build by the property Compared.</summary>
    public static async Task<GeneratedProject> WriteAsync()
    {
        var project = new GeneratedProject();
        await project.WriteAsync("Directory.Build.props", "<Project />").ConfigureAwait(false);
        await project.WriteAsync("Directory.Packages.props", "<Project />").ConfigureAwait(false);
        await project.WriteAsync("App.csproj", Project).ConfigureAwait(false);
        await project.WriteAsync("Program.cs", OrdinaryCode.Program).ConfigureAwait(false);
        for (int file = 1; file < Files; file++)
            await project.WriteAsync($"File{file}.cs", OrdinaryCode.Of(file, callsAgent: file % (Files / AgentCalls) == 0)).ConfigureAwait(false);
        return project;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(Folder, name), text);

    private static string Source => Path.Combine(SharedData.RepositoryRoot, "src");

    private static string Project { get; } = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
            <UseSharedCompilation>false</UseSharedCompilation>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Microsoft.Agents.AI" Version="1.28.0" />
            <PackageReference Include="OpenTelemetry" Version="1.20.1" />
            <PackageReference Include="OpenTelemetry.Exporter.OpenTelemetryProtocol" Version="1.20.1" />
            <PackageReference Include="Meziantou.Analyzer" Version="3.0.321" IncludeAssets="analyzers" />
            <Reference Include="{Source}/AgentTrace/bin/Release/net10.0/AgentTrace.dll;{Source}/AgentTrace.Conventions/bin/Release/net10.0/AgentTrace.Conventions.dll" />
          </ItemGroup>
          <Import Project="{Source}/AgentTrace/buildTransitive/AgentTrace.targets" Condition="$(Compared.Contains('AgentTrace'))" />
          <ItemGroup Condition="$(Compared.Contains('AgentTrace'))">
            <Analyzer Include="{Source}/AgentTrace.Analyzers/bin/Release/netstandard2.0/AgentTrace.Analyzers.dll" />
            <Analyzer Include="{Source}/AgentTrace.Generators/bin/Release/netstandard2.0/AgentTrace.Generators.dll" />
          </ItemGroup>
          <!-- Restored once for all builds, and the SDK chooses which of the package's folders this compiler gets. -->
          <Target Name="WithoutMeziantou" BeforeTargets="CoreCompile" Condition="!$(Compared.Contains('Meziantou'))">
            <ItemGroup>
              <Analyzer Remove="@(Analyzer)" Condition="'%(Analyzer.NuGetPackageId)' == 'Meziantou.Analyzer'" />
            </ItemGroup>
          </Target>
        </Project>
        """;
}
