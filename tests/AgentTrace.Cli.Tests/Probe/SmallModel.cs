using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests.Probe;

/// <summary>A small model, trained once by the tool, and a circuit of it that the tool found.</summary>
public sealed class SmallModel : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-probe-");

    public string Weights => In("model.safetensors");

    public string Circuit => In("circuit.json");

    public CliResult Trained { get; private set; } = new(-1, "", "");

    public CliResult Pruned { get; private set; } = new(-1, "", "");

    public string In(string name) => Path.Combine(_folder.FullName, name);

    public async ValueTask InitializeAsync()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Trained = await CliProcess.RunAsync(cancel, "probe", "train", "-o", Weights, "--width", "32", "--density", "0.25", "--steps", "240", "--checkpoint", In("training"), "--seed", "3", "--format", "json");
        Pruned = await CliProcess.RunAsync(cancel, "probe", "prune", Weights, "-o", Circuit, "--task", "enumerate_range", "--target", "0.3", "--trials", "1", "--steps", "80", "--pairs", "48", "--format", "json");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
