using System.CommandLine;
using AgentTrace.Attribution.Events;
using AgentTrace.Cli.Input;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Surprise;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe surprise MODEL RUN...</c>: which steps of a run a trace model did not expect.</summary>
internal static class ProbeSurpriseCommand
{
    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        var files = new Argument<string[]>("RUN") { Description = "Logs and OTLP exports, or folders of them.", Arity = ArgumentArity.ZeroOrMore };
        var habit = new Option<BrokenHabit?>("--synthetic") { Description = "A made-up run that goes wrong this way instead: loop, pingpong, ignorederror or earlyend.", HelpName = "HABIT" };
        Option<int> seed = ProbeOptions.Seed();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("surprise", "Says how unexpected each step of a run was to a trace model, and what it expected instead.") { model, files, habit, seed, format };
        command.SetAction(async (parsed, _) =>
        {
            var loaded = new LoadedTraceModel(ProbeFailures.Told(() => TraceModel.Load(parsed.GetValue(model)!)));
            SurprisingRun[] runs = [.. Runs(parsed.GetValue(files)!, parsed.GetValue(habit), parsed.GetValue(seed))
                .Select(run => new SurprisingRun(run.Name, run.Events, loaded.Read([.. run.Events.Select(one => one.Word)])))];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? SurpriseReport.ToJson(loaded.Id, runs) : SurpriseReport.ToText(runs)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static IEnumerable<(string Name, IReadOnlyList<RunEvent> Events)> Runs(string[] files, BrokenHabit? habit, int seed)
    {
        if (files.Length == 0 == habit is null)
            throw new CliException(ExitCodes.BadCall, "name the runs to read, or --synthetic HABIT for a made-up one; not both");
        if (habit is not { } wrong)
            return RunFileReader.Expand(files).SelectMany(path => RunFileReader.Read(path).Runs.Select(run => ($"{path} {run.Run.Id}", RunEvents.Of(run.Run))));
        SyntheticRun made = SyntheticRun.Broken(wrong, new Random(seed));
        return [($"made up: {wrong}, broken at step {made.BrokenAt}", [.. made.Words.Select((word, i) => new RunEvent(made.Steps[i], word))])];
    }
}
