using System.CommandLine;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Training;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Shape and training of a model.</summary>
internal sealed class TrainedModelOptions
{
    private readonly Option<int?> _width = new("--width") { Description = "Channels of the residual stream (256).", HelpName = "N" };
    private readonly Option<double?> _density = new("--density") { Description = "Share of each weight matrix that stays nonzero, up to 1 for a dense model (1/32).", HelpName = "SHARE" };
    private readonly Option<double?> _embedding = new("--embedding-density") { Description = "The same for embedding and unembedding (1/4, or the density where that is higher).", HelpName = "SHARE" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of 32 documents of 64 tokens (2500).", HelpName = "N" };
    private readonly Option<double?> _rate = new("--learning-rate") { Description = "Highest learning rate (0.008 sparse, 0.004 dense).", HelpName = "RATE" };
    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of weights and documents (0).", HelpName = "N" };

    private Option[] All => [_width, _density, _embedding, _steps, _rate, _seed];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
            command.Add(option);
    }

    /// <summary>The first of these options that the call has; null when none.</summary>
    public string? Given(ParseResult parsed) => All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    public Trainer Trainer(ParseResult parsed, CodeCorpus corpus)
    {
        double density = parsed.GetValue(_density) ?? (1.0 / 32);
        var options = new TrainingOptions
        {
            Steps = parsed.GetValue(_steps) ?? 2500,
            Density = density,
            EmbeddingDensity = parsed.GetValue(_embedding) ?? Math.Max(0.25, density),
            LearningRate = parsed.GetValue(_rate) ?? (density < 1 ? 8e-3 : 4e-3),
            Seed = parsed.GetValue(_seed) ?? 0,
        };
        return new Trainer(corpus.Shape(parsed.GetValue(_width) ?? 256, options.DocumentLength), corpus, options);
    }
}
