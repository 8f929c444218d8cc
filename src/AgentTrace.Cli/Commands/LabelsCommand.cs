using System.CommandLine;
using System.Globalization;
using AgentTrace.Attribution.Runs;
using AgentTrace.Cli.Input;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.Judgements;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace labels export</c>: what people said about the runs of a store, with the runs, as <c>agenttrace train</c> reads it.</summary>
internal static class LabelsCommand
{
    public static Command Create()
    {
        var store = new Option<string>("--store") { Description = "The collector's store: a SQLite file, or postgres://user:password@host/database.", HelpName = "FILE|URL", Required = true };
        var output = new Option<string>("--output", "-o") { Description = "Where the labelled runs are written, one JSON object a line, for train, evaluate and calibrate.", HelpName = "FILE", Required = true };
        var export = new Command("export", "Writes the labelled runs of a store to a file that train reads.") { store, output };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            string from = parsed.GetValue(store)!;
            // To open a file that is not there would make an empty store of it.
            if (!from.Contains("://", StringComparison.Ordinal) && !File.Exists(from))
                throw new CliException(ExitCodes.Failed, $"--store {from}: there is no such file; name the one that the collector has as --store");
            await using ITraceStore opened = StorageOptions.Open(from);
            try
            {
                await opened.OpenAsync(cancellationToken).ConfigureAwait(false);
                (List<LabeledRun> runs, int lost) = await ReadAsync(opened, cancellationToken).ConfigureAwait(false);
                if (runs.Count == 0)
                    throw new CliException(ExitCodes.Failed, $"there is no labelled run in the store{(lost > 0 ? $" any more ({lost} label(s) of runs that were let go)" : "")}: label runs on their pages, or by POST /v1/labels");
                Save(parsed.GetValue(output)!, runs);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{runs.Count} labelled run(s) written to {parsed.GetValue(output)}{(lost > 0 ? $"; {lost} label(s) left out: their runs are kept no more" : "")}")).ConfigureAwait(false);
                return ExitCodes.Done;
            }
            catch (StoreException e)
            {
                throw new CliException(ExitCodes.Failed, e.Message, e);
            }
        });
        return new Command("labels", "What people said about runs.") { export };
    }

    /// <summary>One label a run: of several people's the last.</summary>
    private static async Task<(List<LabeledRun> Runs, int Lost)> ReadAsync(ITraceStore store, CancellationToken cancellationToken)
    {
        var runs = new List<LabeledRun>();
        int lost = 0;
        foreach (IGrouping<UInt128, PostedLabel> ofRun in (await store.ListLabelsAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).GroupBy(label => label.TraceId))
        {
            PostedLabel last = ofRun.MaxBy(label => label.At)!;
            if (await store.FindRunAsync(last.TraceId, cancellationToken).ConfigureAwait(false) is not { } stored)
            {
                lost++;
                continue;
            }

            RunRecord record = RunDocument.Read(stored);
            if (last.Step < record.Run.Steps.Count)
                runs.Add(new LabeledRun { Run = record.Run, Label = new RunLabel(last.Agent, last.Step, last.Reason) });
            else
                lost++;
        }

        return (runs, lost);
    }

    private static void Save(string path, List<LabeledRun> runs)
    {
        try
        {
            using FileStream file = File.Create(path);
            foreach (LabeledRun run in runs)
            {
                file.Write(LabelledRunFile.Write(run));
                file.WriteByte((byte)'\n');
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCodes.Failed, $"{path} cannot be written: {e.Message}", e);
        }
    }
}
