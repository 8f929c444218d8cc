using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Comparison;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe compare</c>: how much smaller the circuits of a weight-sparse model are than those of a dense one.</summary>
internal static class ProbeCompareCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Small models and two tasks: it shows that everything works, and its ratio says little." };
        var tasks = new Option<string[]>("--task") { Description = "A built-in task; may be given several times (all).", HelpName = "NAME" };
        Option<int> seed = ProbeOptions.Seed();
        var folder = new Option<string?>("--output", "-o") { Description = "A folder that both models and all circuits are written to.", HelpName = "FOLDER" };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("compare", "Trains a dense and a weight-sparse model and compares the size of their circuits.") { quick, tasks, seed, folder, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ComparisonOptions options = (parsed.GetValue(quick) ? ComparisonOptions.Quick : new ComparisonOptions()).WithSeed(parsed.GetValue(seed));
            if (parsed.GetValue(tasks) is { Length: > 0 } names)
                options = options with { Tasks = names };
            long start = TimeProvider.System.GetTimestamp();
            ComparisonResult result = ProbeFailures.Told(() => ModelComparison.Run(options, new LineProgress(parsed.InvocationConfiguration.Error), cancellationToken));
            TimeSpan time = TimeProvider.System.GetElapsedTime(start);
            if (parsed.GetValue(folder) is { } to)
                ProbeFailures.Told(() => Save(result, to));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? ComparisonReport.ToJson(result, time) : ComparisonReport.ToText(result, time)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Save(ComparisonResult result, string folder)
    {
        Directory.CreateDirectory(folder);
        ModelFile.Save(result.DenseModel, Path.Combine(folder, "dense.safetensors"));
        ModelFile.Save(result.SparseModel, Path.Combine(folder, "sparse.safetensors"));
        foreach (ComparedTask task in result.Tasks)
        {
            Save(task.Dense, Path.Combine(folder, $"dense-{task.Task}.json"));
            Save(task.Sparse, Path.Combine(folder, $"sparse-{task.Task}.json"));
        }
    }

    private static void Save(Circuit? circuit, string path)
    {
        if (circuit is not null)
            CircuitFile.Save(circuit, path);
    }
}
