using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using AgentTrace.TestKit;

namespace AgentTrace.Package.Tests;

/// <summary>What is in the packages, and what a compiler gets of it.</summary>
public sealed class PackageTests(LocalFeed feed) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-copy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Package_HoldsLibrariesTargetsRulesAndWhatPeopleRead()
    {
        HashSet<string> entries = Entries(feed.Package("AgentTrace"));

        Assert.Superset(new HashSet<string>
        {
            "lib/net8.0/AgentTrace.dll", "lib/net8.0/AgentTrace.xml", "lib/net10.0/AgentTrace.dll", "lib/net10.0/AgentTrace.xml",
            "analyzers/dotnet/cs/AgentTrace.Analyzers.dll", "analyzers/dotnet/cs/AgentTrace.CodeFixes.dll", "analyzers/dotnet/roslyn4.14/cs/AgentTrace.Generators.dll",
            "buildTransitive/AgentTrace.targets", "buildTransitive/config/AgentTrace.all.globalconfig", "buildTransitive/config/AgentTrace.none.globalconfig",
            "build/AgentTrace.targets", "build/config/AgentTrace.all.globalconfig", "build/config/AgentTrace.none.globalconfig",
            "README.md", "icon.png",
        }, entries);
        // Nothing that the compiler has itself, and nothing twice.
        Assert.Equal(3, entries.Count(entry => entry.StartsWith("analyzers/", StringComparison.Ordinal)));
        Assert.Superset(new HashSet<string> { "lib/net8.0/AgentTrace.pdb", "lib/net10.0/AgentTrace.pdb" }, Entries(feed.Package("AgentTrace", "snupkg")));
    }

    [Theory]
    [InlineData("AgentTrace.Conventions")]
    [InlineData("AgentTrace")]
    [InlineData("AgentTrace.Cli")]
    public void Package_SaysWhoseItIsAndWhereItComesFrom(string id)
    {
        using ZipArchive package = ZipFile.OpenRead(feed.Package(id));
        using Stream nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        string? Of(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

        Assert.Equal("Apache-2.0", Of("license"));
        Assert.Equal(("icon.png", "README.md"), (Of("icon"), Of("readme")));
        Assert.Equal("https://github.com/agenttrace/agenttrace", Of("projectUrl"));
        Assert.All(["description", "tags", "repository"], name => Assert.NotNull(Of(name)));
        Assert.DoesNotContain("Package Description", Of("description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compiler_GetsEachPartOnce()
    {
        using var app = new UserApp(feed);
        await app.WriteProjectAsync("");
        await app.WriteAsync("Program.cs", "return;");
        (await app.RestoreAsync()).Succeeded();

        string output = (await app.MsBuildAsync("-t:Compile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs")).Succeeded().Output;

        using JsonDocument answer = JsonDocument.Parse(output);
        Assert.Equal(["AgentTrace.Analyzers.dll", "AgentTrace.CodeFixes.dll", "AgentTrace.Generators.dll"],
            answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)
                .Where(argument => argument.StartsWith("/analyzer:", StringComparison.Ordinal)).Select(Path.GetFileName)
                .Where(name => name!.StartsWith("AgentTrace", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Package_FromAnotherFolder_HoldsTheSameBytes()
    {
        Copy(SharedData.RepositoryRoot, _folder.FullName);
        string again = Path.Combine(_folder.FullName, "feed");
        await feed.PackAsync(_folder.FullName, again, "AgentTrace");

        Dictionary<string, byte[]> one = Assemblies(feed.Package("AgentTrace")), other = Assemblies(Path.Combine(again, Path.GetFileName(feed.Package("AgentTrace"))));
        Assert.Equal(5, one.Count);
        Assert.All(one, dll => Assert.True(dll.Value.AsSpan().SequenceEqual(other[dll.Key]), $"{dll.Key} differs"));
    }

    private static HashSet<string> Entries(string file)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        return [.. package.Entries.Select(entry => entry.FullName)];
    }

    private static Dictionary<string, byte[]> Assemblies(string file)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        return package.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).ToDictionary(entry => entry.FullName, Read);
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>What packing needs of the checkout, and nothing that was built in it.</summary>
    private static void Copy(string from, string to)
    {
        string[] files =
        [
            .. Directory.GetFiles(from).Where(file => Path.GetExtension(file) is ".props" or ".targets" or ".json" or ".editorconfig" or ".sln"),
            .. Directory.GetFiles(Path.Combine(from, "src"), "*", SearchOption.AllDirectories),
        ];
        foreach (string file in files)
        {
            string path = Path.GetRelativePath(from, file);
            if (path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, path))!);
            File.Copy(file, Path.Combine(to, path));
        }
    }
}
