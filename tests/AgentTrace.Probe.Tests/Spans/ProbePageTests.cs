using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Spans;
using AgentTrace.Probe.Tests.Circuits;
using AgentTrace.TestKit;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentTrace.Probe.Tests.Spans;

/// <summary>What docs/probe.md shows is what is run here.</summary>
public sealed class ProbePageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-probe-page-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Page_ShowsASetupThatLoadsAProbeAndBuildsAProvider()
    {
        string modelPath = Path.Combine(_folder.FullName, "model.safetensors"), circuitPath = Path.Combine(_folder.FullName, "quote.json");
        Vocabulary words = Models.Corpus.Vocabulary;
        Transformer model = Models.Random(Models.SparseKind(words.Count), 41, 0.5);
        Circuit circuit = RandomCircuit.Of(model, 42, 0.2, words["'"], words["\""]);
        ModelFile.Save(model, modelPath);
        CircuitFile.Save(circuit, circuitPath);

        // <watch>
        CircuitProbe probe = CircuitProbe.Load(modelPath, circuitPath, new CodeCorpus().Vocabulary);
        using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddAgentTraceInstrumentation(options => options.CaptureContent = true)
            .AddAgentTraceProbes(options => options.AddProbe(probe, "Coder"))
            .AddOtlpExporter()
            .Build();
        // </watch>

        Assert.Equal(new CircuitProbe(model, circuit, words).CircuitHash, probe.CircuitHash);
        string root = SharedData.RepositoryRoot, source = await File.ReadAllTextAsync(Path.Combine(root, "tests", "AgentTrace.Probe.Tests", "Spans", "ProbePageTests.cs"), Cancel);
        string shown = source.Split("// <watch>\n")[1].Split("        // </watch>")[0].Replace("        ", "", StringComparison.Ordinal).Replace("\n    .", "\n.", StringComparison.Ordinal);
        string page = (await File.ReadAllTextAsync(Path.Combine(root, "docs", "probe.md"), Cancel)).Replace("\n    .", "\n.", StringComparison.Ordinal);
        Assert.Contains($"```csharp\n{shown}```", page, StringComparison.Ordinal);
    }
}
