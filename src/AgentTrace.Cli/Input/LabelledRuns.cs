using AgentTrace.Attribution.Runs;

namespace AgentTrace.Cli.Input;

/// <summary>The labelled runs of files and folders.</summary>
internal static class LabelledRuns
{
    /// <exception cref="CliException">A file cannot be read, or none of the runs has a label.</exception>
    public static LabeledRun[] Read(IEnumerable<string> paths)
    {
        string[] given = [.. paths];
        LabeledRun[] runs = [.. RunFileReader.Expand(given).SelectMany(path => RunFileReader.Read(path).Runs).Where(run => run.Label is not null)];
        return runs.Length > 0
            ? runs
            : throw new CliException(ExitCodes.BadCall, $"{string.Join(", ", given)}: none of the runs has a label; add mistake_agent and mistake_step to the logs of failed runs");
    }
}
