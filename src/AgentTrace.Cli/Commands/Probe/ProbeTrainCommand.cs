using System.CommandLine;
using System.Globalization;
using AgentTrace.Cli.Output;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Training;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe train -o NAME.safetensors</c>: trains a model, dense or weight-sparse, on the built-in corpus.</summary>
internal static class ProbeTrainCommand
{
    private const int Reports = 20;
    private const int DocumentLength = 64;

    public static Command Create()
    {
        var output = new Option<string>("--output", "-o") { Description = "Where the weights go, NAME.safetensors; the configuration goes to NAME.config.json.", HelpName = "FILE", Required = true };
        var width = new Option<int>("--width") { Description = "Channels of the residual stream.", DefaultValueFactory = _ => 128 };
        var layers = new Option<int>("--layers") { Description = "Layers.", DefaultValueFactory = _ => 2 };
        var density = new Option<double>("--density") { Description = "Share of each weight matrix that stays nonzero, 0 to 1; 1 trains a dense model.", DefaultValueFactory = _ => 1.0 / 16 };
        var embedding = new Option<double?>("--embedding-density") { Description = "The same share for embedding and unembedding; without it, 1/4 or the density, whichever is more." };
        var steps = new Option<int>("--steps") { Description = "Training steps.", DefaultValueFactory = _ => 2500 };
        var batch = new Option<int>("--batch") { Description = "Documents of 64 tokens in a step; a multiple of 8.", DefaultValueFactory = _ => 32 };
        var rate = new Option<double?>("--learning-rate") { Description = "Highest learning rate; without it 0.004 for a dense model, 0.008 for a sparse one." };
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Where the training is saved now and then, and when it is interrupted.", HelpName = "FILE" };
        var resume = new Option<string?>("--resume") { Description = "Goes on from a checkpoint, with the settings it was started with.", HelpName = "FILE" };
        Option<int> seed = ProbeOptions.Seed();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("train", "Trains a model on the built-in corpus.") { output, width, layers, density, embedding, steps, batch, rate, checkpoint, resume, seed, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var corpus = new CodeCorpus();
            double share = parsed.GetValue(density);
            using Trainer trainer = ProbeFiles.Told(() => parsed.GetValue(resume) is { } from ? Resume(from, corpus) : new Trainer(
                Shape(corpus, parsed.GetValue(width), parsed.GetValue(layers)),
                corpus,
                new TrainingOptions
                {
                    Steps = parsed.GetValue(steps),
                    BatchDocuments = parsed.GetValue(batch),
                    DocumentLength = DocumentLength,
                    Density = share,
                    EmbeddingDensity = parsed.GetValue(embedding) ?? Math.Max(share, 0.25),
                    LearningRate = parsed.GetValue(rate) ?? (share < 1 ? 8e-3 : 4e-3),
                    Seed = parsed.GetValue(seed),
                }));
            string path = parsed.GetValue(output)!;
            // Before the work, so that a place that cannot be written to is told at once.
            ProbeFiles.Writable(path);
            Train(trainer, parsed.GetValue(checkpoint), parsed.InvocationConfiguration.Error, cancellationToken);
            double loss = trainer.Validate();
            ProbeFiles.Told(() =>
            {
                ModelFile.Save(trainer.Model, path);
                return true;
            });
            string hash = ModelFile.Hash(trainer.Model);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(format) == OutputFormat.Json
                ? JsonOutput.Write(json =>
                {
                    json.WriteString("model", path);
                    json.WriteString("hash", hash);
                    json.WriteNumber("steps", trainer.Step);
                    json.WriteNumber("loss", loss);
                    json.WriteNumber("nonzeros", trainer.Model.Nonzeros);
                })
                : string.Create(CultureInfo.InvariantCulture, $"{TerminalText.Line(path)}: model {hash}, {trainer.Step} steps, validation loss {loss:F4}, {trainer.Model.Nonzeros} nonzero weights")).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Train(Trainer trainer, string? checkpoint, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            ProbeFiles.Told(() =>
            {
                trainer.Run(new Progress(trainer, checkpoint, error), Math.Max(1, trainer.Options.Steps / Reports), cancellationToken);
                return true;
            });
        }
        catch (OperationCanceledException) when (checkpoint is not null)
        {
            ProbeFiles.Write(checkpoint, trainer.SaveCheckpoint);
            error.WriteLine(TerminalText.Line($"saved at step {trainer.Step}; go on with --resume {checkpoint}"));
            throw;
        }
    }

    private static Trainer Resume(string path, CodeCorpus corpus)
    {
        using FileStream stream = File.OpenRead(path);
        return Trainer.Resume(stream, path, corpus);
    }

    private static TransformerConfig Shape(CodeCorpus corpus, int width, int layers) => new()
    {
        BlockSize = DocumentLength,
        VocabSize = corpus.Vocabulary.Count,
        LayerCount = layers,
        Width = width,
        HeadSize = 16,
        PositionWidth = 16,
        SinusoidalPositions = true,
        Sink = true,
        BigramTable = true,
        LearnableBigramTable = true,
        RmsNorm = true,
        TiedUnembedding = false,
    };

    private sealed class Progress(Trainer trainer, string? checkpoint, TextWriter error) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            error.WriteLine(value.ToString("train"));
            if (checkpoint is not null && value.Step < value.Steps)
                ProbeFiles.Write(checkpoint, trainer.SaveCheckpoint);
        }
    }
}
