using System.CommandLine;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe</c>: weight-sparse models and their circuits.</summary>
internal static class ProbeCommand
{
    public static Command Create() => new("probe", "Trains weight-sparse models and finds the circuits that do a task in them.")
    {
        ProbeTrainCommand.Create(),
        ProbePruneCommand.Create(),
        ProbeFrontierCommand.Create(),
        ProbeExportCommand.Create(),
        ProbeCompareCommand.Create(),
    };
}
