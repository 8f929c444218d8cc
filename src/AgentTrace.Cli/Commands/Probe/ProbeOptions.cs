using System.CommandLine;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Words that several probe commands have.</summary>
internal static class ProbeOptions
{
    public static Argument<string> Model() => new("MODEL") { Description = "Weights that probe train wrote: NAME.safetensors, with NAME.config.json beside it." };

    public static Option<string> Circuit() => new("--circuit", "-c") { Description = "A circuit that probe prune wrote for this model.", HelpName = "FILE", Required = true };

    public static Option<string> Output(string description) => new("--output", "-o") { Description = description, HelpName = "FILE", Required = true };

    public static Option<int> Seed() => new("--seed") { Description = "Seed of everything random." };
}
