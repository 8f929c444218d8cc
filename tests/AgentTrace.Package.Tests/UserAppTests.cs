using System.IO.Compression;
using AgentTrace.TestKit;

namespace AgentTrace.Package.Tests;

public sealed class UserAppTests(LocalFeed feed) : IClassFixture<LocalFeed>, IDisposable
{
    private const string App = """
        using System.Diagnostics;
        using System.Runtime.CompilerServices;
        using Microsoft.SemanticKernel;
        using Microsoft.SemanticKernel.Agents;
        using Microsoft.SemanticKernel.ChatCompletion;

        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "AgentTrace",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => Console.WriteLine($"span {activity.DisplayName}"),
        };
        ActivitySource.AddActivityListener(listener);
        await foreach (var item in new Echo { Name = "Echo" }.InvokeAsync("hi"))
            Console.WriteLine(item.Message.Content);
        AppContext.TryGetSwitch("Microsoft.SemanticKernel.Experimental.GenAI.EnableOTelDiagnostics", out bool on);
        Console.WriteLine($"switch {on}");

        public sealed class Echo : Agent
        {
            public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
            {
                await Task.Yield();
                yield return new(new ChatMessageContent(AuthorRole.Assistant, "hello"), thread ?? new ChatHistoryAgentThread());
            }

            public override IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(ICollection<ChatMessageContent> messages,
                AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

            protected override IEnumerable<string> GetChannelKeys() => [];
            protected override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
            protected override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) => throw new NotSupportedException();
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-app-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task App_ReferencesThePackageAndRebuilds_ItsAgentsAreTraced()
    {
        string output = await RunAsync("<TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisMode>All</AnalysisMode><NoWarn>SKEXP0110;CA1515;CA2007;CA1303;CA1050</NoWarn>");

        Assert.Contains("span invoke_agent Echo\nspan invoke_workflow Echo\n", output, StringComparison.Ordinal);
        Assert.Contains("switch True", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_OptsOut_NothingIsAdded()
    {
        string output = await RunAsync("<NoWarn>SKEXP0110</NoWarn><AgentTraceInterceptors>false</AgentTraceInterceptors><AgentTraceSemanticKernelTelemetry>false</AgentTraceSemanticKernelTelemetry>");

        Assert.DoesNotContain("span ", output, StringComparison.Ordinal);
        Assert.Contains("hello", output, StringComparison.Ordinal);
        Assert.Contains("switch False", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Package_HoldsLibrariesTargetsAndGenerator()
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(feed.Folder, $"AgentTrace.{feed.Version}.nupkg"));

        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
        foreach (string entry in new[]
        {
            "lib/net8.0/AgentTrace.dll", "lib/net8.0/AgentTrace.xml", "lib/net10.0/AgentTrace.dll", "buildTransitive/AgentTrace.targets", "build/AgentTrace.targets",
            "analyzers/dotnet/roslyn4.14/cs/AgentTrace.Generators.dll", "README.md",
        })
        {
            Assert.Contains(entry, entries);
        }
    }

    private async Task<string> RunAsync(string properties)
    {
        string shim = Path.Combine(SharedData.RepositoryRoot, "tests", "SemanticKernel.Shim", "bin", "Debug", "net10.0", "SemanticKernel.Shim.dll");
        await WriteAsync("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable><ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="AgentTrace" Version="{feed.Version}" />
                <Reference Include="{shim}" />
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
              </ItemGroup>
            </Project>
            """);
        await WriteAsync("Program.cs", App);
        await WriteAsync("nuget.config", $"""
            <configuration><packageSources><add key="local" value="{feed.Folder}" /></packageSources></configuration>
            """);
        await WriteAsync("Directory.Build.props", "<Project />");
        await WriteAsync("Directory.Packages.props", "<Project />");
        return (await LocalFeed.DotnetAsync(_folder.FullName, "run")).ReplaceLineEndings("\n");
    }

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, TestContext.Current.CancellationToken);
}
