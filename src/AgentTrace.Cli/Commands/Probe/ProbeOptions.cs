using System.CommandLine;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Words that several probe commands have.</summary>
internal static class ProbeOptions
{
    public static Argument<string> Model() => new("MODEL") { Description = "Weights that probe train or probe learn wrote: NAME.safetensors, with NAME.config.json beside it." };

    public static Option<string> Circuit() => new("--circuit", "-c") { Description = "A circuit that probe prune wrote for this model.", HelpName = "FILE", Required = true };

    public static Option<string> Output(string description) => new("--output", "-o") { Description = description, HelpName = "FILE", Required = true };

    /// <summary>A model and what it reads.</summary>
    /// <exception cref="CliException">A file is missing, damaged, or holds a model of other tokens than ours.</exception>
    public static (Transformer Model, ICorpus Corpus) Loaded(string path) => ProbeFailures.Told(() =>
    {
        Transformer model = ModelFile.Load(path);
        return (model, BuiltInCorpus.Of(model.Config));
    });

    public static Option<int> Seed() => new("--seed") { Description = "Seed of everything random." };
}
