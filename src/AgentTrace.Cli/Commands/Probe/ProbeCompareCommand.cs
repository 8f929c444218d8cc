using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Comparison;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe compare</c>: how much smaller circuits are in a weight-sparse model than in a dense one that predicts as well.</summary>
internal static class ProbeCompareCommand
{
    private const string FolderName = "FOLDER";

    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Small models and two tasks, in under a minute: shows that it works, its ratio says little." };
        var tasks = new Option<string[]>("--task") { Description = "Only these built-in tasks. May be given several times.", HelpName = "NAME" };
        Option<int> seed = ProbeOptions.Seed();
        var save = new Option<string?>("--save") { Description = "A folder for both models and all circuits.", HelpName = FolderName };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("compare", "Trains a dense and a sparse model to a comparable loss and compares the edges of their circuits.") { quick, tasks, seed, save, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ComparisonOptions options = (parsed.GetValue(quick) ? ComparisonOptions.Quick : new ComparisonOptions()).WithSeed(parsed.GetValue(seed));
            if (parsed.GetValue(tasks) is { Length: > 0 } chosen)
                options = options with { Tasks = chosen };
            string? folder = parsed.GetValue(save);
            if (folder is not null)
                ProbeFiles.Folder(folder);
            var lines = new ProgressLines(parsed.InvocationConfiguration.Error);
            ComparisonResult result = ProbeFiles.Told(() => ModelComparison.Run(options, lines, cancellationToken));
            if (folder is not null)
                ProbeFiles.Save(result, folder);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? ComparisonReport.ToJson(result) : ComparisonReport.ToText(result)).ConfigureAwait(false);
            return result.EdgeRatio is null ? throw new CliException(ExitCodes.Failed, "no task has a circuit in both models: see the reasons above") : ExitCodes.Done;
        });
        return command;
    }
}
