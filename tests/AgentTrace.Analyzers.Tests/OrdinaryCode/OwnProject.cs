using System.Collections.Immutable;
using System.Text;
using System.Xml.Linq;
using AgentTrace.Analyzers.Tests.Meta;
using AgentTrace.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Analyzers.Tests.OrdinaryCode;

/// <summary>One project of this repository, compiled from its source against what this process has loaded.</summary>
/// <remarks>What is not among that (a package of another project) leaves errors in the files that use it; a file without errors is one that the rules saw whole.</remarks>
internal sealed class OwnProject
{
    private static readonly string[] s_usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly string[] s_webUsings =
    [
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging", "System.Net.Http.Json",
    ];

    private readonly string _folder;
    private readonly string _project;

    private OwnProject(string file)
    {
        _folder = Path.GetDirectoryName(file)!;
        _project = File.ReadAllText(file);
        Name = Path.GetFileNameWithoutExtension(file);
    }

    /// <summary>The project's name.</summary>
    public string Name { get; }

    /// <summary>All projects of src, tests and samples.</summary>
    public static IReadOnlyList<OwnProject> All { get; } = [.. new[] { "src", "tests", "samples" }
        .SelectMany(part => Directory.EnumerateFiles(Path.Combine(SharedData.RepositoryRoot, part), "*.csproj", SearchOption.AllDirectories))
        .Where(IsSource).Order(StringComparer.Ordinal).Select(file => new OwnProject(file))];

    /// <summary>Compiles the project and runs every rule on it.</summary>
    public async Task<OwnProjectResult> JudgeAsync(CancellationToken cancellationToken)
    {
        CSharpCompilation compilation = Compile();
        var broken = compilation.GetDiagnostics(cancellationToken).Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.Location.SourceTree).ToHashSet();
        SyntaxTree[] files = [.. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)];

        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([.. Catalog.Rules]).GetAnalyzerDiagnosticsAsync(cancellationToken);
        return new OwnProjectResult(files.Length, files.Count(file => !broken.Contains(file)), [.. found.Select(Line).Order(StringComparer.Ordinal)]);
    }

    private CSharpCompilation Compile()
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest);
        IEnumerable<SyntaxTree> files = Directory.EnumerateFiles(_folder, "*.cs", SearchOption.AllDirectories).Where(IsSource)
            .Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file), Encoding.UTF8), parse, file));
        return CSharpCompilation.Create(
            Name,
            files.Append(CSharpSyntaxTree.ParseText(Usings(), parse)),
            OwnReferences.For(Name, _project.Contains("SemanticKernel.Shim.csproj", StringComparison.Ordinal) || Name == "SemanticKernel.Shim"),
            new CSharpCompilationOptions(
                _project.Contains("<OutputType>Exe", StringComparison.Ordinal) || Name.EndsWith(".Tests", StringComparison.Ordinal) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: new[] { "SKEXP0001", "SKEXP0110", "SKEXP0130", "CS1701" }.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress))));
    }

    private string Usings()
    {
        bool web = _project.Contains("Microsoft.NET.Sdk.Web", StringComparison.Ordinal);
        IEnumerable<string> own = XDocument.Parse(_project).Descendants("Using").Select(element => element.Attribute("Include")?.Value).OfType<string>();
        IEnumerable<string> all = [.. s_usings, .. web ? s_webUsings : [], .. Name.EndsWith(".Tests", StringComparison.Ordinal) ? ["Xunit"] : Array.Empty<string>(), .. own];
        return string.Concat(all.Select(name => $"global using {name};\n"));
    }

    private static string Line(Diagnostic found)
    {
        string file = found.Location.SourceTree is { } tree ? Path.GetRelativePath(SharedData.RepositoryRoot, tree.FilePath).Replace('\\', '/') : "";
        return found.Id == "AD0001" ? $"AD0001 {found.GetMessage()}" : $"{found.Id} {file}";
    }

    private static bool IsSource(string path) => !path.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin");
}
