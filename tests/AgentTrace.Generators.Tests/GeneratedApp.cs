using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AgentTrace.Generators.Tests;

/// <summary>A user's app: its source compiled together with what the generator emits for it, and run in this process.</summary>
internal sealed class GeneratedApp
{
    private static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private const string AppFile = "/app/Program.cs";

    private GeneratedApp(Compilation compilation, GeneratorDriver driver)
    {
        Compilation = compilation;
        Driver = driver;
    }

    /// <summary>The app with the generated files.</summary>
    public Compilation Compilation { get; }

    public GeneratorDriver Driver { get; }

    public GeneratorRunResult Result => Driver.GetRunResult().Results.Single();

    /// <summary>Errors in what was generated, and warnings that a user who treats warnings as errors would get.</summary>
    public IReadOnlyList<Diagnostic> ProblemsOfTheGlue => [.. Compilation.GetDiagnostics(TestContext.Current.CancellationToken)
        .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree?.FilePath != AppFile)];

    public static CSharpCompilation Source(string source, LanguageVersion version = LanguageVersion.Latest, bool nullable = true) => CSharpCompilation.Create(
        $"App{Guid.NewGuid():N}",
        [CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), Options(version), path: AppFile)],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable, warningLevel: 9999,
            specificDiagnosticOptions: [new("SKEXP0110", ReportDiagnostic.Suppress), new("CS8425", ReportDiagnostic.Suppress), new("CS1701", ReportDiagnostic.Suppress)]));

    public static GeneratedApp Build(string source, LanguageVersion version = LanguageVersion.Latest, bool nullable = true) => Build(Source(source, version, nullable), version);

    public static GeneratedApp Build(CSharpCompilation app, LanguageVersion version = LanguageVersion.Latest)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new InstrumentationGenerator().AsSourceGenerator()], parseOptions: Options(version),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(app, out Compilation output, out _);
        return new GeneratedApp(output, driver);
    }

    /// <summary>Runs the app's <c>public static Task App.RunAsync()</c>.</summary>
    public async Task RunAsync()
    {
        using var image = new MemoryStream();
        var emitted = Compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(image);
        var run = (Task)assembly.GetType("App")!.GetMethod("RunAsync")!.Invoke(null, null)!;
        await run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static CSharpParseOptions Options(LanguageVersion version) =>
        new CSharpParseOptions(version).WithFeatures([new("InterceptorsNamespaces", InstrumentationGenerator.Namespace)]);
}
