using System.CommandLine;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe</c>: weight-sparse models and their circuits.</summary>
internal static class ProbeCommand
{
    public static Command Create() => new("probe", "Trains weight-sparse models, prunes them to the circuit of a task, shows the circuit at work, and learns how a system's runs go.")
    {
        ProbeTrainCommand.Create(),
        ProbePruneCommand.Create(),
        ProbeRunCommand.Create(),
        ProbeCompareCommand.Create(),
        ProbeFrontierCommand.Create(),
        ProbeExportCommand.Create(),
        ProbeLearnCommand.Create(),
        ProbeSurpriseCommand.Create(),
    };
}
